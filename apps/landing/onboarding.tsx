import type { ReactNode } from 'react';
import type { OnboardingFragment } from '../../generated/documents/landing/graphql.ts';
import type { AppConfig } from '../ui/config.ts';
import { useLiveStatus } from '../ui/react/live.ts';
import type { LiveStatus } from '../ui/realtime/client.ts';
import { goTo } from './place.ts';
import { Problem } from './problem.tsx';
import { Steps } from './steps.tsx';
import { useOnboarding } from './use-onboarding.ts';

export interface OnboardingProps {
  readonly id: string;
  readonly config: AppConfig;
  /** Known to whoever has just signed up. */
  readonly mailedTo: string | undefined;
}

/** A workspace being made, live, to “sign in”. */
export function Onboarding({ id, config, mailedTo }: OnboardingProps) {
  const { onboarding, error, reload } = useOnboarding(id);
  if (onboarding === undefined) {
    return error === undefined ? (
      <Page title="One moment …" />
    ) : (
      <Page title="Your sign-up">
        <Problem error={error} onRetry={reload} />
      </Page>
    );
  }
  if (onboarding === null) {
    return (
      <Page title="There is no such sign-up">
        <p>The address may be incomplete. Open it once more from where you have it, or sign up anew.</p>
        <StartOver text="Sign up" />
      </Page>
    );
  }
  return (
    <Page title={titleOf(onboarding)}>
      <p className="lead">
        {onboarding.companyName} · <code>{onboarding.slug}</code>
      </p>
      <Steps steps={onboarding.steps} />
      <Connection />
      {error !== undefined && <Problem error={error} onRetry={reload} />}
      <div aria-live="polite">
        {onboarding.status === 'FAILED' && <Failed onboarding={onboarding} />}
        {onboarding.status === 'ACTIVE' && <Ready slug={onboarding.slug} config={config} mailedTo={mailedTo} />}
      </div>
    </Page>
  );
}

function titleOf({ status }: OnboardingFragment): string {
  if (status === 'FAILED') return 'Your workspace could not be made';
  return status === 'ACTIVE' ? 'Your workspace is ready' : 'Your workspace is being made';
}

function Page({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <section className="page narrow onboarding">
      <h1>{title}</h1>
      {children}
    </section>
  );
}

function Ready({ slug, config, mailedTo }: { readonly slug: string } & Omit<OnboardingProps, 'id'>) {
  return (
    <div className="notice good">
      <p>
        We sent {mailedTo === undefined ? 'you' : <strong>{mailedTo}</strong>} a mail with your first password. Sign in
        with it, and choose one of your own.
      </p>
      <p className="actions">
        <a className="button" href={`${config.apps.saas}?workspace=${encodeURIComponent(slug)}`}>
          Sign in
        </a>
        {config.inboxUrl !== undefined && (
          <a className="button quiet" href={inboxOf(config.inboxUrl, mailedTo)} target="_blank" rel="noreferrer">
            Open the inbox
          </a>
        )}
      </p>
    </div>
  );
}

function inboxOf(inboxUrl: string, address: string | undefined): string {
  return address === undefined ? inboxUrl : `${inboxUrl}?to=${encodeURIComponent(address)}`;
}

function Failed({ onboarding }: { readonly onboarding: OnboardingFragment }) {
  return (
    <div className="notice bad" role="alert">
      <p>{onboarding.failure ?? 'A step did not succeed.'}</p>
      <p>
        Nothing is lost: the people who run Cotenant see it and can have it tried again; then this page goes on by
        itself. You can also sign up with other details.
      </p>
      <StartOver text="Sign up with other details" />
    </div>
  );
}

function StartOver({ text }: { readonly text: string }) {
  return (
    <button className="button quiet" type="button" onClick={() => goTo({ at: 'start' })}>
      {text}
    </button>
  );
}

const lost = 'The connection is lost; trying again …';

/** What there is to say of each: a new one does not compile without. */
const connectionTexts: Readonly<Record<LiveStatus, string>> = {
  idle: '',
  connecting: '',
  live: '',
  waiting: lost,
  interrupted: lost,
  offline: 'You are offline; this goes on when you are back.',
};

/** Says so while changes do not arrive. */
function Connection() {
  const status = useLiveStatus();
  return (
    <p className="hint" role="status">
      {connectionTexts[status]}
    </p>
  );
}
