import type { Bench, Section } from '../part.ts';
import { sectionOfRows } from '../report/section-of-rows.ts';
import { realtimeRows } from './realtime-rows.ts';

const whole = { tenants: 100, connectionsOfTenant: 10, events: 1000, calm: 5000 };
const short = { tenants: 4, connectionsOfTenant: 5, events: 20, calm: 500 };

/** Live data to many subscribers of many tenants. */
export async function realtime({ quick, say }: Bench): Promise<Section> {
  const settings = quick ? short : whole;
  say(`${settings.tenants * settings.connectionsOfTenant} subscribers of ${settings.tenants} tenants …`);
  const { rows, picture } = await realtimeRows(settings);
  return sectionOfRows('Live data', rows, { pictures: { 'realtime.svg': picture } });
}
