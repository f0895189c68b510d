/** The page came, and what it needs to know did not. */
export function NotConfigured({ error }: { readonly error: unknown }) {
  return (
    <main className="page narrow" role="alert">
      <h1>We cannot be reached just now</h1>
      <p>{error instanceof Error ? error.message : String(error)}</p>
      <p>
        <button className="button" type="button" onClick={() => location.reload()}>
          Try again
        </button>
      </p>
    </main>
  );
}
