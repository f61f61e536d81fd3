import './tables.ts'

export { erasePupil, nameToType } from './erasure/erase-pupil.ts'
export { finishLettingGo } from './erasure/finish.ts'
export { previewErasure } from './erasure/preview.ts'
