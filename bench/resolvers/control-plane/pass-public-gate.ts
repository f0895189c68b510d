import type { ControlPlane } from '../../../resolvers/testing/control-plane.ts';

const input = { companyName: 'Acme', slug: 'acme', adminEmail: 'ada@acme.example', adminName: 'Ada', tier: 'BASIC' };
const headers = { 'x-forwarded-for': '203.0.113.7, 198.51.100.1' };

/** Passes it twice at one moment: the second time the caller is busy, and every step of the gate has to charge. */
export async function passPublicGate(plane: ControlPlane): Promise<void> {
  plane.setTime(Date.now());
  for (let each = 0; each < 2; each += 1) await plane.askPublic('Mutation.registerTenant', { input }, headers);
}
