import { useSyncExternalStore } from 'react';
import { currentTheme, onThemeChange, type Theme } from '../theme/theme.ts';

/** The theme that is shown now. */
export function useTheme(): Theme {
  return useSyncExternalStore(onThemeChange, currentTheme);
}
