import { type Content, classes } from '../content.ts'

/** What was just done (`success`), or what everyone must know before going on. */
export const NotificationBanner = ({
  success = false,
  title,
  titleId = 'govuk-notification-banner-title',
  role,
  class: extra,
  children,
}: {
  success?: boolean
  title?: Content
  titleId?: string
  role?: string
  class?: string
  children: Content
}) => (
  // biome-ignore lint/a11y/useAriaPropsSupportedByRole: govuk-frontend's own markup; the role is region or alert
  <div
    class={classes('govuk-notification-banner', success && 'govuk-notification-banner--success', extra)}
    role={role ?? (success ? 'alert' : 'region')}
    aria-labelledby={titleId}
    data-module="govuk-notification-banner"
  >
    <div class="govuk-notification-banner__header">
      <h2 class="govuk-notification-banner__title" id={titleId}>
        {title ?? (success ? 'Success' : 'Important')}
      </h2>
    </div>
    <div class="govuk-notification-banner__content">
      {typeof children === 'string' ? <p class="govuk-notification-banner__heading">{children}</p> : children}
    </div>
  </div>
)
