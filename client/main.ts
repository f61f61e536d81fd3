import './styles/main.scss'
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { Checkboxes } from 'govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs'
import { PasswordInput } from 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs'
import { Radios } from 'govuk-frontend/dist/govuk/components/radios/radios.mjs'
import { createAll } from 'govuk-frontend/dist/govuk/init.mjs'
import './islands/passkey-door.ts'
import './islands/judgement-writer.ts'
import './islands/paste-with-shape.ts'
import './islands/unsaved-changes.ts'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const part of [Button, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios])
  createAll(part)
