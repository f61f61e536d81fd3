/** The front door of the interface: plain props in, HTML out. See README.md. */
export { type Assets, assets, clientFolder } from './assets.ts'
export { Bars, FunnelChart, History, LinesChart, Strip, TrendChart } from './charts/charts.tsx'
export {
  type Frame,
  figurePicture,
  framed,
  gapsPicture,
  multiPicture,
  slopesPicture,
  timePicture,
} from './charts/pictures.ts'
export { png } from './charts/png.ts'
export { fitDomain, gapDomain, ticksOf } from './charts/scale.ts'
export type { StripProps } from './charts/strip.ts'
export { type TimeChartProps, type TimePoint, timeChart } from './charts/time.ts'
export type { Content } from './content.ts'
export { Button, type ButtonProps, Form, PostButton } from './forms/button.tsx'
export { Checkboxes, type Choice, type ChoicesProps, Fieldset, Radios } from './forms/choices.tsx'
export { DateInput, type DateInputProps } from './forms/date-input.tsx'
export { ErrorSummary, type Problem } from './forms/error-summary.tsx'
export { ErrorMessage, type FieldProps, Hint, Label } from './forms/field.tsx'
export { Fields, type FieldValues, type FormField } from './forms/fields.tsx'
export {
  FileUpload,
  type FileUploadProps,
  Input,
  type InputProps,
  PasswordInput,
  Textarea,
  type TextareaProps,
} from './forms/input.tsx'
export { NotificationBanner } from './forms/notification-banner.tsx'
export { Pagination, type PaginationProps, pagesAround } from './forms/pagination.tsx'
export { type Option, Select, type SelectProps } from './forms/select.tsx'
export { BackLink, Details, InsetText, Tag, WarningText } from './forms/small-parts.tsx'
export { type SummaryAction, SummaryList, type SummaryRow } from './forms/summary-list.tsx'
export { entries as galleryEntries, Gallery, GalleryPage } from './gallery/gallery.tsx'
export type { NavName, Reader } from './page/masthead.tsx'
export { type Crumb, Page, type PageProps } from './page/page.tsx'
export { Counts, type Fact, Facts, Keys } from './parts/facts.tsx'
export {
  BigFigure,
  type BigFigureProps,
  FigureBlock,
  type FigureBlockProps,
  FigureChip,
  Figures,
} from './parts/figure-block.tsx'
export { type ImportStep, ImportSteps, Raw } from './parts/import-steps.tsx'
export { Mark, type MarkKind } from './parts/mark.tsx'
export { Progress, type ProgressProps } from './parts/progress.tsx'
export { Readiness, type ReadySchool } from './parts/readiness.tsx'
export {
  Buttons,
  Columns,
  Empty,
  Fold,
  Section,
  type SectionProps,
  TakeAway,
  WhyNot,
} from './parts/section.tsx'
export { Status, type StatusKind, StatusMark, statusWords } from './parts/status.tsx'
export { type Knot, Thread } from './parts/thread.tsx'
export { type Axis, absentWords, intervalWords, ofWords, type Shown } from './shown.ts'
export { Caterpillar, type CaterpillarRow } from './tables/caterpillar.tsx'
export { type GapPanel, GapPanels } from './tables/gap-panels.tsx'
export { type GapRow, GapTable, type GapTableProps } from './tables/gap-table.tsx'
export { type MultiColumn, type MultiRow, MultiTable, type MultiTableProps } from './tables/multi-table.tsx'
export { changeWords, type SlopePanel, SlopePanels, type SlopePanelsProps } from './tables/slope-panels.tsx'
export { type Column, type Row, Table, type TableProps } from './tables/table.tsx'
