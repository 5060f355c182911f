import { expose } from 'comlink';
import { keepErrors } from '../engine/rpc.js';
import { Engine } from './engine.js';

keepErrors();
expose(new Engine());
