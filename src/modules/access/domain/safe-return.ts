/** Where to go after signing in: a page of ours, never another site. */
export function safeReturn(to: string | undefined): string {
  if (!to || to.length > 2000 || !/^\/(?![/\\])/.test(to) || /[\\\p{Cc}]/u.test(to)) return '/'
  const { origin, pathname, search } = new URL(to, 'https://ours.invalid')
  return origin === 'https://ours.invalid' && !pathname.startsWith('/sign-') ? pathname + search : '/'
}
