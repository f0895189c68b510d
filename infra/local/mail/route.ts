import type { HttpRoute } from '../service.ts';
import type { Inbox, StoredMail } from './inbox.ts';

/**
 * `GET /inbox?to=ADDRESS`: JSON `[{to, subject, text, sentAt}]`, newest first, or a page for a browser. Mails carry
 * temporary passwords, so no other site's page may read them: there is no CORS header here.
 */
export function inboxRoute(inbox: Inbox): HttpRoute {
  return {
    prefix: '/inbox',
    handle(request, response) {
      if (request.method !== 'GET') {
        response.writeHead(405, { allow: 'GET' }).end();
        return;
      }
      const to = new URL(request.url ?? '/', 'http://localhost').searchParams.get('to') ?? undefined;
      const mails = inbox.list(to);
      const wantsPage = request.headers.accept?.includes('text/html') ?? false;
      response.writeHead(200, {
        'content-type': wantsPage ? 'text/html; charset=utf-8' : 'application/json',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      });
      response.end(wantsPage ? page(mails, to) : JSON.stringify(mails.map(describe)));
    },
  };
}

function describe({ from, to, subject, text, sentAt }: StoredMail) {
  return { from, to, subject, text, sentAt: new Date(sentAt).toISOString() };
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
article{border:1px solid #8886;border-radius:8px;padding:1rem;margin:1rem 0}h2{font-size:1rem;margin:0}p{margin:.25rem 0;color:#888}
pre{white-space:pre-wrap;font:inherit;margin:.75rem 0 0}`;

function page(mails: readonly StoredMail[], to: string | undefined): string {
  const articles = mails.map(
    (mail) => `<article><h2>${escapeHtml(mail.subject)}</h2><p>To ${linkTo(mail.to)} · ${new Date(
      mail.sentAt,
    ).toISOString()}</p>
<pre>${escapeHtml(mail.text)}</pre></article>`,
  );
  const whose = to === undefined ? 'All mail' : `Mail to ${escapeHtml(to)}`;
  const others = to === undefined ? '' : ' <a href="/inbox">All mail</a>';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Inbox</title><style>${style}</style>
<h1>Inbox</h1><p>${whose} that this cloud sent, newest first. None of it left this machine.${others}</p>
${articles.join('\n') || '<p>No mail yet.</p>'}</html>`;
}

function linkTo(address: string): string {
  return `<a href="/inbox?to=${encodeURIComponent(address)}">${escapeHtml(address)}</a>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
