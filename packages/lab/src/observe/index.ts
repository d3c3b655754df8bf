export { surveyDomains, surveyHost, type DomainCondition, type Survey, type SurveyedDomain } from "./survey.js";
export {
  hostText,
  isOfLab,
  observeLab,
  type ObservedDomain,
  type ObservedLab,
  type ObservedNetwork,
  type ObservedPool,
} from "./lab.js";
export { inNodeOrder, labelOf } from "./order.js";
export { markReady, readyDomains } from "./ready.js";
export { findOrphans, orphansOf, type Orphan, type Orphans } from "./orphans.js";
export { readDetails } from "./details.js";
export { readStatus } from "./status.js";
export { watchStatus, type Meter, type Watch } from "./watch.js";
