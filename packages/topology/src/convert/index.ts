export { convertDialect, type Conversion, type ConversionProblem } from "./convert.js";
