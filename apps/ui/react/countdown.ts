import { useEffect, useState } from 'react';

/** Whole seconds till `end`, counting down to 0; undefined without an end. */
export function useCountdown(end: Date | undefined): number | undefined {
  const [now, setNow] = useState(() => Date.now());
  const endTime = end?.getTime();
  const over = endTime === undefined || endTime <= now;
  useEffect(() => {
    if (over) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [over]);
  return endTime === undefined ? undefined : Math.max(0, Math.ceil((endTime - now) / 1000));
}
