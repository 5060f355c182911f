import { createLearners } from '../src/browser.js';
import { learnersSuite } from './suite.js';

learnersSuite(createLearners);
