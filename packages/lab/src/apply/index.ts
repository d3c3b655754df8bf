export { applyPlan, type ApplyOptions, type Outcome } from "./apply.js";
