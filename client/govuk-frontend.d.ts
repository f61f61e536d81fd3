/** govuk-frontend ships no types: what we use of it. */
declare module 'govuk-frontend/dist/govuk/components/*' {
  type Part = { new (root: Element | null): object; moduleName: string }
  export const Button: Part
  export const Checkboxes: Part
  export const ErrorSummary: Part
  export const NotificationBanner: Part
  export const PasswordInput: Part
  export const Radios: Part
}
declare module 'govuk-frontend/dist/govuk/init.mjs' {
  export function createAll(part: { moduleName: string }): void
}
declare module '*.scss'
