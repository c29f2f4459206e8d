// The SPARQL editor, in the place of the plain text area marked data-module="sparql-editor".
//
// The text area stays the form's field and keeps the editor's text, so that the form is sent as it
// is without scripts and the server draws the results. Attributes of the text area:
//   data-vocabulary   URL of the completion's vocabulary (vocabulary.js); may be missing
//   data-error-line, data-error-column, data-error-message
//                     where the service found a fault in the text as it was sent

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";

import { appearance } from "./sparql-appearance.js";
import { complete } from "./sparql-completion.js";
import { advise } from "./sparql-advice.js";
import { replaceSelection } from "./typing.js";
import { readVocabulary } from "./vocabulary.js";

// Longer texts than this make URLs that proxies refuse; the SPARQL 1.1 Protocol (section 2.1.2)
// takes the same form by POST.
const LONGEST_IN_URL = 4000;

function edit(field) {
  const form = field.form;
  const label = form.querySelector(`label[for="${field.id}"]`);
  label.id ||= `${field.id}-label`;

  const run = () => {
    form.requestSubmit();
    return true;
  };

  const view = new EditorView({
    state: EditorState.create({
      doc: field.value,
      extensions: [
        // Browsers hide the attribute from scripts; the property stays readable.
        EditorView.cspNonce.of(document.querySelector("meta[name=csp-nonce]").nonce),
        sparql(),
        lineNumbers(),
        highlightSpecialChars(),
        highlightActiveLine(),
        drawSelection(),
        history(),
        replaceSelection,
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [complete(readVocabulary(field.dataset.vocabulary))] }),
        lintGutter(),
        advise(field),
        appearance,
        EditorView.lineWrapping,
        // Tab is left alone: it moves on, so that the keyboard is never caught (WCAG 2.2, 2.1.2).
        keymap.of([
          { key: "Mod-Enter", run },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.contentAttributes.of({
          id: field.id,
          "aria-labelledby": label.id,
          "aria-describedby": field.getAttribute("aria-describedby") ?? "",
          autocapitalize: "off",
          spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
        }),
      ],
    }),
  });

  // Links to the field, such as those of an error summary, now lead into the editor.
  field.removeAttribute("id");
  field.classList.add("gm-replaced");
  field.after(view.dom);
  form.querySelector("[data-sparql-keys]")?.removeAttribute("hidden");
  label.addEventListener("click", () => view.focus());

  form.addEventListener("submit", () => {
    form.method = field.value.length > LONGEST_IN_URL ? "post" : "get";
    form.action = "/sparql#results"; // whoever just wrote the query need not scroll past it
    const status = form.querySelector('[role="status"]');
    if (status) status.textContent = "Running the query";
  });
  addEventListener("pageshow", (event) => {
    const status = form.querySelector('[role="status"]');
    if (event.persisted && status) status.textContent = "";
  });
}

document.querySelectorAll('textarea[data-module="sparql-editor"]').forEach(edit);
