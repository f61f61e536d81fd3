import { dayName } from '../../kernel/days.ts'
import type { Paper } from '../../platform/pdf/paper.ts'

/** The accessibility statement of this Throughline, in the order of the model statement for public bodies. */
export const accessibilityPaper = (about: {
  readonly trust: string
  readonly address: string
  readonly contact: string
  readonly version: string
  readonly today: string
}): Paper => ({
  title: 'Accessibility statement',
  under: [
    `For Throughline at ${about.address}, run by ${about.trust}. Version ${about.version}, ${dayName(about.today)}.`,
  ],
  sections: [
    {
      head: 'What you can expect',
      words: [
        'You can read and use every page with a keyboard, with a screen reader, enlarged to 400% on one column of 320 pixels, in light or dark, on paper, and without JavaScript. Nothing is said by colour alone; each chart has a table or a sentence beside it; the type is Atkinson Hyperlegible Next.',
      ],
    },
    {
      head: 'How accessible it is',
      words: [
        'It is built to the Web Content Accessibility Guidelines 2.2, level AA, from the components of GOV.UK Frontend. PDFs are made as PDF/UA-1: tagged, titled, with words for each picture.',
      ],
    },
    {
      head: 'What is not accessible',
      words: [
        'Files that schools sent can be taken away as they came: they are as accessible as their makers made them. Wide tables of numbers scroll sideways on a narrow screen. Charts as PNG pictures carry no words: the page that they come from does.',
      ],
    },
    {
      head: 'How it is tested',
      words: [
        'The software’s own tests run axe-core over its pages in a browser and check its components against GOV.UK Frontend’s fixtures. That finds some kinds of fault and not all. The trust has not recorded a test by disabled users: say here when one was made.',
      ],
    },
    {
      head: 'Tell us',
      words: [
        `If you can’t read or use something, or need it in another form, write to ${about.contact}. If you are not content with the answer, the Equality Advisory and Support Service (EASS) can help; the Equality and Human Rights Commission enforces the accessibility regulations of 2018.`,
      ],
    },
  ],
})
