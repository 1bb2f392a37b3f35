const email =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** Whether a text is an email address, as the HTML standard defines it for forms. */
export function isEmail(text: string): boolean {
  return text.length < 1_000_000 ? email.test(text) : isLongEmail(text);
}

/** V8 keeps a way back for every label, and has no room for millions of them. */
function isLongEmail(text: string): boolean {
  const domain = text.indexOf("@") + 1;
  return (
    email.test(`${text.slice(0, domain)}a`) &&
    text
      .slice(domain)
      .split(".")
      .every((label) => email.test(`a@${label}`))
  );
}
