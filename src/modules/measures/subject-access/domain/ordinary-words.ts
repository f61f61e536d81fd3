/** Names that are English words as well: by themselves they may be no name at all, so that a person has to look. */
export const ordinaryWords: ReadonlySet<string> = new Set(
  `amber angel april archer art august autumn baker banks bell best bill bird bishop black bond bright brook brooks brown bull
  burns butcher carpenter carter case cash chance chase christian christmas church clay cliff cook cooper cross crystal daisy dale
  dawn day dean dear drake drew duke earl english faith farmer field fields finch fisher ford fox frank freed french friday frost
  fry gale gardener gardner gay german gold good grace grant gray green grey guest guy hall hand hardy harper hart hazel head heath
  heather hill holly hope house hunt hunter ivy jack jasmine jay jewel joy june justice kemp king knight lake lamb lane law lily
  little long lord love low major mark marks marsh martin mason max may merry miles mill miller monday moss noble noon norm north
  olive page park parker parks pat pearl penny pepper pike poppy porter pound power powers price prince queen rain rainbow read
  reading reed rich rivers rob robin rock root rose ruby rush sage salmon savage scholar sharp shepherd short silver singer small
  smart snow south spring star steel stern stone storm street strong sue summer summers sunday swan swift taylor temple thorn turner
  victor violet wade walker ward waters way weaver welsh west wheeler white will wise wolf wood woods young`
    .split(/\s+/)
    .filter(Boolean),
)
