// Typing over a selection, done by the editor.
//
// Left to itself Chromium puts the typed letter into a <span style="…"> of the first selected
// one's colours, which the Content-Security-Policy forbids, and the editor takes it out again.

import { EditorView } from "@codemirror/view";

export const replaceSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main, ranges } = view.state.selection;
    const typed = event.inputType === "insertText" && !event.isComposing && event.data;
    if (!typed || main.empty || ranges.length > 1) return false;

    const insert = () =>
      view.state.update({
        ...view.state.replaceSelection(event.data),
        userEvent: "input.type",
        scrollIntoView: true,
      });
    const handlers = view.state.facet(EditorView.inputHandler); // such as closing brackets
    if (!handlers.some((handle) => handle(view, main.from, main.to, event.data, insert))) {
      view.dispatch(insert());
    }
    event.preventDefault();
    return true;
  },
});
