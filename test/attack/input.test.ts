import { httpAttacks } from './http.ts';
import { idAttacks } from './ids.ts';
import { operatorAttacks } from './operators.ts';
import { orderAttacks } from './orders.ts';
import { pageAttacks } from './pages.ts';
import { productAttacks } from './products.ts';
import { registrationAttacks } from './registration.ts';
import { attackScene } from './scene.ts';

attackScene((scene) => {
  registrationAttacks(scene);
  idAttacks(scene);
  productAttacks(scene);
  orderAttacks(scene);
  pageAttacks(scene);
  operatorAttacks(scene);
  httpAttacks(scene);
});
