export type Theme = 'light' | 'dark';

const kept = 'cotenant.theme';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** What the person chose here, else what their system says. */
export function currentTheme(): Theme {
  const chosen = localStorage.getItem(kept);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return systemIsDark.matches ? 'dark' : 'light';
}

const listeners = new Set<() => void>();

/** Tells of each change; answers how to stop. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps the person's choice and shows it. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(kept, theme);
  showTheme();
}

/** Shows the current theme, and follows the system's where nothing was chosen. Call it once, before the first render. */
export function startTheme(): void {
  showTheme();
  systemIsDark.addEventListener('change', showTheme);
}

/** `data-theme` is for our own style sheets; the class is what Cloudscape's dark mode goes by. */
function showTheme(): void {
  const theme = currentTheme();
  document.documentElement.dataset['theme'] = theme;
  document.body.classList.toggle('awsui-dark-mode', theme === 'dark');
  for (const listener of listeners) listener();
}
