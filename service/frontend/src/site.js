// What every page needs of scripts. Without them each page still reads and works.

import {
  Button,
  createAll,
  ErrorSummary,
  NotificationBanner,
  ServiceNavigation,
  SkipLink,
} from "govuk-frontend";

import { addCopyButtons } from "./copy.js";

for (const component of [Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink]) {
  createAll(component);
}
addCopyButtons();
