import { yearGroupName } from '../../../kernel/year-group.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { FormField, Option } from '../../../ui/index.ts'
import { measuresOf } from '../../measures/index.ts'
import { groups, schools } from '../../organisation/index.ts'

const years = ['R', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13']

/** Which measures there are to choose from, by topic. */
export const measureOptions = async (viewer: Viewer): Promise<Option[]> =>
  (await measuresOf(viewer)).map((measure) => ({ value: measure.id, text: measure.name }))

/** The questions that name a figure: which measure, whose, which year group, which pupils. */
export async function figureFields(viewer: Viewer, { ofTrust = true } = {}): Promise<FormField[]> {
  return [
    {
      kind: 'list',
      name: 'measure',
      label: 'Which figure?',
      options: [{ value: '', text: 'Choose' }, ...(await measureOptions(viewer))],
    },
    ...(ofTrust
      ? [
          {
            kind: 'list',
            name: 'school',
            label: 'Of whom?',
            options: [
              { value: '', text: 'The whole trust' },
              ...(await schools(viewer)).map((one) => ({ value: one.id, text: one.name })),
            ],
          } satisfies FormField,
        ]
      : []),
    {
      kind: 'list',
      name: 'year',
      label: 'Which year group?',
      options: [
        { value: 'all', text: 'All years' },
        ...years.map((year) => ({ value: year, text: yearGroupName(year) })),
      ],
    },
    {
      kind: 'list',
      name: 'group',
      label: 'Which pupils?',
      options: groups.map(({ slug, name }) => ({ value: slug, text: name })),
    },
  ]
}
