export type { GestureOutcome, Language, LanguageSetting, StartLanguage } from "./language.js";
