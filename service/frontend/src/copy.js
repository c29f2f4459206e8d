// A button that copies the text of an element marked data-module="copy".
//
// The button is made here, since without scripts it could do nothing. data-copy-name says in
// words what is copied ("IRI"). What happened is told in a live region (WCAG 2.2, 4.1.3).

const REMAINS = 4000; // milliseconds that the message stays

export function addCopyButtons() {
  if (!navigator.clipboard) return; // only in secure contexts: https, or this very machine
  for (const text of document.querySelectorAll('[data-module="copy"]')) {
    text.after(...copyButton(text));
  }
}

function copyButton(text) {
  const name = text.dataset.copyName ?? "text";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "gm-copy";
  button.textContent = `Copy ${name}`;

  const status = document.createElement("span");
  status.setAttribute("role", "status");

  let timer;
  button.addEventListener("click", async () => {
    clearTimeout(timer);
    status.textContent = await copy(text, name);
    timer = setTimeout(() => (status.textContent = ""), REMAINS);
  });
  return [button, status];
}

/** Copies, or where the browser forbids it selects the text; returns what to tell the user. */
async function copy(text, name) {
  try {
    await navigator.clipboard.writeText(text.textContent.trim());
    return `${name} copied`;
  } catch {
    getSelection().selectAllChildren(text);
    return `${name} selected: press Ctrl and C to copy it`;
  }
}
