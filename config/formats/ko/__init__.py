"""How Korean pages write dates."""
