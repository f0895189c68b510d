const labels = {
  '.graphiql-query-editor': 'Operation',
  '.graphiql-editor-tool': 'Variables',
  '.graphiql-response': 'Answer',
};

/**
 * Names the text areas of GraphiQL's editors, which have none, and lets the keyboard reach what scrolls. The editors are loaded
 * after the page is shown, so this watches until it is stopped.
 */
export function labelEditors(container: HTMLElement): () => void {
  const label = (): void => {
    for (const [area, name] of Object.entries(labels)) {
      for (const input of container.querySelectorAll(`${area} textarea:not([aria-label])`)) {
        input.setAttribute('aria-label', name);
      }
    }
    for (const scroller of container.querySelectorAll('.CodeMirror-scroll[tabindex="-1"]')) {
      scroller.setAttribute('tabindex', '0');
    }
  };
  label();
  const observer = new MutationObserver(label);
  observer.observe(container, { childList: true, subtree: true });
  return () => observer.disconnect();
}
