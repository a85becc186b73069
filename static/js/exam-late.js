// The result of an exam: what this browser still keeps of it goes out now, so that it is kept and shown, as was promised.
import { Sender } from "./queue-sender.js";

const words = document.getElementById("exam-late").dataset;
let late = false;

// Nothing is said while it goes on: there is nothing left to do for the learner.
const page = {
  state: () => {},
  clock: () => {},
  torn: () => {},
  over: (said) => {
    late ||= said.late;
  },
};

async function send(sender) {
  sender.now();
  await sender.settled();
  if (late && sender.idle) window.location.reload(); // the page names what came late; nothing is left to send then
}

const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
const sender = new Sender({ attempt: words.attempt, address: words.address, token, page });
if (!sender.idle) send(sender);
