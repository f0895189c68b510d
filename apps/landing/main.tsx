import { createRoot } from 'react-dom/client';
import { type AppConfig, loadConfig } from '../ui/config.ts';
import { startTheme } from '../ui/theme/theme.ts';

function Landing({ config }: { readonly config: AppConfig }) {
  return (
    <main>
      <h1>Cotenant</h1>
      <a href={config.apps.saas}>Sign in</a>
    </main>
  );
}

startTheme();
const config = await loadConfig();
createRoot(document.getElementById('app') ?? document.body).render(<Landing config={config} />);
