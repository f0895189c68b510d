const promises = [
  ['Yours alone', 'Your data is reached by keys that only your own people’s sign-in can make.'],
  ['Ready in seconds', 'Sign up and watch your workspace being made, step by step.'],
  ['Live', 'What a colleague changes appears in front of you, without asking for it.'],
] as const;

export function Hero() {
  return (
    <section className="hero">
      <div className="page">
        <p className="eyebrow">Products and orders, for every company</p>
        <h1>Run your shop. Share nothing but the roof.</h1>
        <p className="lead">
          Cotenant gives your company a workspace for products and orders: live, safe from its neighbours, and as large
          as you need it.
        </p>
        <p className="actions">
          <a className="button" href="#sign-up">
            Create your workspace
          </a>
          <a className="button quiet" href="#tiers">
            See the tiers
          </a>
        </p>
        <ul className="promises">
          {promises.map(([title, text]) => (
            <li key={title}>
              <strong>{title}</strong>
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
