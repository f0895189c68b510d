import { useState } from 'react';
import type { AppConfig } from '../ui/config.ts';
import { type Api, ApiProvider } from '../ui/react/api.tsx';
import { chooseTheme, currentTheme } from '../ui/theme/theme.ts';
import { Onboarding } from './onboarding.tsx';
import { goTo, usePlace } from './place.ts';
import { Start } from './start.tsx';

export function App({ config, api }: { readonly config: AppConfig; readonly api: Api }) {
  const place = usePlace();
  const [mailedTo, setMailedTo] = useState<string>();
  return (
    <ApiProvider api={api}>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <a
          className="brand"
          href="/"
          onClick={(event) => {
            event.preventDefault();
            goTo({ at: 'start' });
          }}
        >
          <Mark /> Cotenant
        </a>
        <nav aria-label="Main">
          <ThemeButton />
          <a className="button quiet" href={config.apps.saas}>
            Sign in
          </a>
        </nav>
      </header>
      <main id="main">
        {place.at === 'onboarding' ? (
          <Onboarding id={place.id} config={config} mailedTo={mailedTo} />
        ) : (
          <Start
            onRegistered={(id, email) => {
              setMailedTo(email);
              goTo({ at: 'onboarding', id });
            }}
          />
        )}
      </main>
      <footer className="bottom">
        <span>Cotenant, a multi-tenant SaaS on AWS serverless</span>
        <a href={config.apps.admin}>For operators</a>
      </footer>
    </ApiProvider>
  );
}

function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" />
      <path d="M8 9h7v14H8zM17 9h7v6h-7zM17 17h7v6h-7z" />
    </svg>
  );
}

function ThemeButton() {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      className="icon"
      type="button"
      aria-label={`Change to ${other} colours`}
      onClick={() => {
        chooseTheme(other);
        setTheme(other);
      }}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="12" cy="12" r="8.5" />
        <path d="M12 3.5a8.5 8.5 0 0 1 0 17z" />
      </svg>
    </button>
  );
}
