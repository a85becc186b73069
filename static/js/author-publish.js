// The page before publishing: the key that led here goes on. Pressed anew only: held down, it would publish unseen.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.repeat || event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  document.querySelector("form.publish")?.requestSubmit();
});
