import '../ui/theme/cloudscape.css';
import { createRoot } from 'react-dom/client';
import { loadConfig } from '../ui/config.ts';
import { startTheme } from '../ui/theme/theme.ts';
import { App } from './app.tsx';

startTheme();
const config = await loadConfig();
createRoot(document.getElementById('app') ?? document.body).render(<App config={config} />);
