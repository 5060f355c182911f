// Made by scripts/server-client.mjs out of openapi.json; change the server instead.
export interface paths {
  '/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process lives */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              ok: boolean;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether it can take work: database, judging processes, not stopping */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              ok: boolean;
              database: boolean;
              judge: boolean;
              stopping: boolean;
            };
          };
        };
        /** @description Default Response */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              ok: boolean;
              database: boolean;
              judge: boolean;
              stopping: boolean;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Prometheus metrics */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/plain': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/plain': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/detectors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Detectors with their model cards */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              version: string;
              description: string;
              unit: 'image' | 'collection';
              /** @description declaration: what the file says of itself */
              restsOn: 'pixels' | 'declaration';
              byDefault: boolean;
              card: {
                [key: string]: unknown;
              } | null;
            }[];
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/workers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Workers of the last hour */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              host: string;
              engine: string;
              version: string;
              backend: string;
              concurrency: number;
              state: string;
              started: string;
              seen: string;
              /** @description whether it judges the batches that this server makes now */
              sameEngine: boolean;
            }[];
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/detect': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Judge one picture
     * @description The picture as the body itself, as multipart/form-data, or its address as JSON where the operator allows it. A verdict is evidence, not proof.
     */
    post: {
      parameters: {
        query?: {
          /** @description ids with commas; default: the operator's choice */
          detectors?: string;
          /** @description draw the evidence */
          explain?: boolean;
          /** @description what to call the picture in the answer */
          name?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'image/*': string;
          'application/octet-stream': string;
          'multipart/form-data': {
            /** Format: binary */
            image: string;
          };
          'application/json': {
            /** Format: uri */
            url: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              path: string;
              width: number;
              height: number;
              verdict: 'real' | 'synthetic' | 'inconclusive';
              /** @description calibrated probability that the picture is synthetic, or an honest null */
              probability: number | null;
              /** @description higher is more synthetic */
              score: number | null;
              /** @description score above which the verdict is synthetic */
              threshold: number | null;
              /** @description share of real photographs that score at least this high */
              realShare: number | null;
              detectors: {
                id: string;
                version: string;
                /** @description higher is more synthetic; null: it abstained */
                score: number | null;
                /** @description calibrated, or null */
                probability: number | null;
                ms: number;
                /** @description why it abstained */
                reason?: string;
              }[];
              warnings: {
                code: string;
                message: string;
              }[];
              camera: string | null;
              /** @description fingerprint of detectors, versions and weights */
              engine: string;
              explanations?: {
                id: string;
                title: string;
                description: string;
                /**
                 * Format: byte
                 * @description base64
                 */
                png: string;
              }[];
            };
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The newest batches */
    get: {
      parameters: {
        query?: {
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              state: 'open' | 'listing' | 'running' | 'done' | 'cancelled' | 'failed';
              source: {
                [key: string]: unknown;
              };
              /** @description fingerprint that judges this batch; workers of another one leave it alone */
              engine: string;
              detectors: string[] | null;
              reuse: boolean;
              total: number;
              done: number;
              failed: number;
              reused: number;
              created: string;
              finished: string | null;
              keepDays: number;
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              } | null;
              waiting: string | null;
            }[];
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    put?: never;
    /** Make a batch */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @default  */
            name?: string;
            /** @description where the pictures come from */
            source:
              | {
                  /** @enum {string} */
                  kind: 'upload';
                }
              | {
                  /** @enum {string} */
                  kind: 'manifest';
                }
              | {
                  /** @enum {string} */
                  kind: 'folder';
                  path: string;
                }
              | {
                  /** @enum {string} */
                  kind: 's3';
                  bucket: string;
                  prefix?: string;
                };
            detectors?: string[];
            /**
             * @description take the answer of the same detectors for the same bytes where there is one
             * @default true
             */
            reuse?: boolean;
            /**
             * @description pictures that a worker takes at one time
             * @default 64
             */
            chunk?: number;
            /**
             * @description days after which the batch and its results are deleted
             * @default 30
             */
            keepDays?: number;
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              state: 'open' | 'listing' | 'running' | 'done' | 'cancelled' | 'failed';
              source: {
                [key: string]: unknown;
              };
              /** @description fingerprint that judges this batch; workers of another one leave it alone */
              engine: string;
              detectors: string[] | null;
              reuse: boolean;
              total: number;
              done: number;
              failed: number;
              reused: number;
              created: string;
              finished: string | null;
              keepDays: number;
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              } | null;
              waiting: string | null;
            };
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** State and progress */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              state: 'open' | 'listing' | 'running' | 'done' | 'cancelled' | 'failed';
              source: {
                [key: string]: unknown;
              };
              /** @description fingerprint that judges this batch; workers of another one leave it alone */
              engine: string;
              detectors: string[] | null;
              reuse: boolean;
              total: number;
              done: number;
              failed: number;
              reused: number;
              created: string;
              finished: string | null;
              keepDays: number;
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              } | null;
              waiting: string | null;
            };
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    /** Delete a batch with its results */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Progress as server-sent events */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description events progress and end, each with the batch */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/event-stream': string;
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}/pictures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Add pictures to a batch of uploads */
    post: {
      parameters: {
        query?: {
          name?: string;
          label?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'image/*': string;
          'application/octet-stream': string;
          'multipart/form-data': {
            pictures?: string[];
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              added: number;
            };
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}/manifest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Add a list to a batch of a manifest
     * @description All of it or nothing; at most 200000 lines at a time.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/x-ndjson': string;
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              state: 'open' | 'listing' | 'running' | 'done' | 'cancelled' | 'failed';
              source: {
                [key: string]: unknown;
              };
              /** @description fingerprint that judges this batch; workers of another one leave it alone */
              engine: string;
              detectors: string[] | null;
              reuse: boolean;
              total: number;
              done: number;
              failed: number;
              reused: number;
              created: string;
              finished: string | null;
              keepDays: number;
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              } | null;
              waiting: string | null;
            };
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}/seal': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Nothing more comes */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              state: 'open' | 'listing' | 'running' | 'done' | 'cancelled' | 'failed';
              source: {
                [key: string]: unknown;
              };
              /** @description fingerprint that judges this batch; workers of another one leave it alone */
              engine: string;
              detectors: string[] | null;
              reuse: boolean;
              total: number;
              done: number;
              failed: number;
              reused: number;
              created: string;
              finished: string | null;
              keepDays: number;
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              } | null;
              waiting: string | null;
            };
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Stop judging; what is judged stays */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              state: 'open' | 'listing' | 'running' | 'done' | 'cancelled' | 'failed';
              source: {
                [key: string]: unknown;
              };
              /** @description fingerprint that judges this batch; workers of another one leave it alone */
              engine: string;
              detectors: string[] | null;
              reuse: boolean;
              total: number;
              done: number;
              failed: number;
              reused: number;
              created: string;
              finished: string | null;
              keepDays: number;
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              } | null;
              waiting: string | null;
            };
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Judge again what failed */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              id: string;
              name: string;
              state: 'open' | 'listing' | 'running' | 'done' | 'cancelled' | 'failed';
              source: {
                [key: string]: unknown;
              };
              /** @description fingerprint that judges this batch; workers of another one leave it alone */
              engine: string;
              detectors: string[] | null;
              reuse: boolean;
              total: number;
              done: number;
              failed: number;
              reused: number;
              created: string;
              finished: string | null;
              keepDays: number;
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              } | null;
              waiting: string | null;
            };
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/batches/{id}/results': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Results as NDJSON, CSV or Parquet
     * @description In the order in which they were written, also while the batch is running. Several reads of one batch give the same rows.
     */
    get: {
      parameters: {
        query?: {
          format?: 'ndjson' | 'csv' | 'parquet';
          /** @description go on after this `seq`, the last one that was read */
          after?: number;
          /** @description wait for more until the batch has ended */
          follow?: boolean;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description a row a picture */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/x-ndjson': string;
            'text/csv': string;
            'application/vnd.apache.parquet': string;
          };
        };
        /** @description Default Response */
        '4XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
        /** @description Default Response */
        '5XX': {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              error: {
                /** @description stable, docs/errors.md lists them */
                code: string;
                message: string;
                /** @description what to do */
                hint: string;
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: never;
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
