// Colours and measures of the SPARQL editor. Each text colour reaches 4.5:1 on white, on the
// active line and on the selection (WCAG 2.2, 1.4.3).

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "#4c2c92", fontWeight: "600" },
  { tag: tags.variableName, color: "#00527a" },
  { tag: [tags.string, tags.integer, tags.float, tags.bool], color: "#00572f" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "#8a2503" },
  { tag: [tags.comment, tags.annotation], color: "#4a5560" },
]);

const theme = EditorView.theme({
  "&": { backgroundColor: "#fff", border: "2px solid #0b0c0c", fontSize: "1rem" },
  "&.cm-focused": { outline: "3px solid #fd0", outlineOffset: "0" },
  ".cm-scroller": {
    fontFamily:
      'ui-monospace, "SFMono-Regular", "Cascadia Mono", menlo, consolas, "Liberation Mono", monospace',
    lineHeight: "1.5",
  },
  ".cm-content": { minHeight: "9em", padding: "8px 0" },
  ".cm-gutters": {
    alignSelf: "stretch",
    backgroundColor: "#f1f5f8",
    borderRightColor: "#c3d0da",
    color: "#4a5560",
  },
  ".cm-activeLine": { backgroundColor: "#f1f5f880" },
  ".cm-tooltip": { backgroundColor: "#fff", borderColor: "#4a5560" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "#17324d", color: "#fff" },
  ".cm-completionDetail": { color: "#4a5560", fontStyle: "normal" },
  "li[aria-selected] .cm-completionDetail": { color: "#fff" },
});

export const appearance = [theme, syntaxHighlighting(colours)];
