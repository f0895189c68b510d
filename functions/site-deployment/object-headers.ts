const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  txt: 'text/plain; charset=utf-8',
  woff2: 'font/woff2',
};

export interface ObjectHeaders {
  readonly ContentType: string;
  readonly CacheControl: string;
}

/** What a file is, and how long it may be kept: a year where its name has its content's hash, else not without asking. */
export function headersOf(key: string): ObjectHeaders {
  const extension = key.slice(key.lastIndexOf('.') + 1);
  const type = types[extension];
  if (type === undefined)
    throw new Error(`${key} has a type that is not known here; known are ${Object.keys(types).join(', ')}`);
  const isHashed = key.startsWith('assets/');
  return { ContentType: type, CacheControl: isHashed ? 'public, max-age=31536000, immutable' : 'no-cache' };
}
