import type { Json, JsonObject } from '../../service.ts';
import { isObject } from '../patterns/validate-pattern.ts';
import type { BusEvent, Target } from '../store.ts';

/** What a target gets of an event. Source: EventBridge User Guide, "Input transformation". */
export function targetInput(
  target: Target,
  event: BusEvent,
  rule: { readonly arn: string; readonly name: string },
): Json {
  if (target.input !== undefined) return parseOrText(target.input);
  if (target.inputPath !== undefined) return readPath(event, target.inputPath) ?? null;
  if (!target.inputTransformer) return event;
  const { paths, template } = target.inputTransformer;
  const values: Record<string, Json | undefined> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': event.time,
    'aws.events.event': event,
    'aws.events.event.json': event,
  };
  for (const [name, path] of Object.entries(paths)) values[name] = readPath(event, path);
  return parseOrText(fillTemplate(template, values));
}

/** In a quoted text a value goes in as text; elsewhere as JSON, so that a string gets its quotes. What is missing is empty. */
function fillTemplate(template: string, values: Readonly<Record<string, Json | undefined>>): string {
  let quoted = false;
  return template.replace(/\\.|"|<([\w.-]+)>/g, (whole, name: string | undefined) => {
    if (whole === '"') quoted = !quoted;
    if (name === undefined || !Object.hasOwn(values, name)) return whole;
    const value = values[name];
    if (value === undefined) return quoted ? '' : '""';
    if (!quoted) return JSON.stringify(value);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
}

/** `$.detail.items[0].name`; `undefined` where the event has nothing there. */
export function readPath(event: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = event;
  for (const [, name, quoted, index] of path.matchAll(/\.([\w-]+)|\['([^']+)'\]|\[(\d+)\]/g)) {
    if (index !== undefined) value = Array.isArray(value) ? (value as readonly Json[])[Number(index)] : undefined;
    else {
      const key = (name ?? quoted) as string;
      value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }
  }
  return value;
}

export function isPath(path: string): boolean {
  return /^\$(\.[\w-]+|\['[^']+'\]|\[\d+\])*$/.test(path);
}

function parseOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // A template may make plain text: that is its input then.
    return text;
  }
}
