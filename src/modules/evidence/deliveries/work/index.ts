export { askToBringIn, askToPutIn } from './ask-delivery-work.ts'
export { handleDeliveries } from './do-delivery-work.ts'
export {
  type DeliveryWork,
  deliveriesUnderWay,
  deliverySoon,
  deliveryTroubles,
  deliveryWorkAndProgress,
} from './work-under-way.ts'
