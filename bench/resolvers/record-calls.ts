import type { HandlerCall } from '../../resolvers/testing/application-plane.ts';

interface RecordedPlane {
  beforeHandler: (call: HandlerCall) => void;
  stop(): Promise<void>;
}

/** Keeps each handler's call with its context while the plane is asked, the latest of each handler; stops the plane. */
export async function recordCalls<Plane extends RecordedPlane>(
  plane: Plane,
  ask: (plane: Plane) => Promise<void>,
): Promise<HandlerCall[]> {
  const calls = new Map<string, HandlerCall>();
  plane.beforeHandler = (call) => void calls.set(`${call.step} ${call.handler}`, call);
  try {
    await ask(plane);
    return [...calls.values()];
  } finally {
    await plane.stop();
  }
}
