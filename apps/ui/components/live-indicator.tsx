import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useLiveStatus } from '../react/live.ts';
import type { LiveStatus } from '../realtime/client.ts';

const shown: Readonly<Record<LiveStatus, readonly [StatusIndicatorProps.Type, string]>> = {
  idle: ['pending', 'Not live'],
  connecting: ['loading', 'Connecting'],
  live: ['success', 'Live'],
  waiting: ['loading', 'Reconnecting'],
  interrupted: ['loading', 'Reconnecting'],
  offline: ['stopped', 'Offline'],
};

/** Whether what is shown follows changes by itself. */
export function LiveIndicator() {
  const [type, text] = shown[useLiveStatus()];
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}
