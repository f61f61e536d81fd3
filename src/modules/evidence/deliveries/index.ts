export { bringIn, canPutIn, type NewDelivery, putIn, setAside } from './bring-in.ts'
export { type DeliveryRow, deliveries, delivery } from './delivery-row.ts'
export { changesAnything, type Planned } from './plan-file.ts'
export { type DeliveryRun, isDelivery, runDelivery } from './run-delivery.ts'
