import './landing.css';
import { createRoot } from 'react-dom/client';
import { loadConfig } from '../ui/config.ts';
import { createApi } from '../ui/react/api.tsx';
import { startTheme } from '../ui/theme/theme.ts';
import { App } from './app.tsx';
import { NotConfigured } from './not-configured.tsx';

startTheme();
const root = createRoot(document.getElementById('app') ?? document.body);
try {
  const config = await loadConfig();
  const { apiKey } = config.controlPlane;
  const api = createApi(config.controlPlane, { authorize: () => Promise.resolve({ 'x-api-key': apiKey }) });
  root.render(<App config={config} api={api} />);
} catch (error) {
  root.render(<NotConfigured error={error} />);
}
