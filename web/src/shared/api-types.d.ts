// Made by `npm run api` from the OpenAPI document of the server; not to be changed by hand.
export interface paths {
    "/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    limit?: number;
                    unit?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["identity.Account"][];
                            next?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["identity.NewAccount"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/accounts/{account}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    account: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountGrants"];
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    account: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GrantBody"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/accounts/{account}/grants/{number}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    account: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/accounts/{account}/grants/{number}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    account: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/accounts/{account}/grants/{number}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    account: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["identity.Account"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["identity.AccountChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/accounts/{id}/disabling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReasonBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/accounts/{id}/enabling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReasonBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/accounts/{id}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReasonBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["identity.Erased"];
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
    "/accounts/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PurposeBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
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
    "/accounts/{id}/mandates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Mandates"];
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MandateBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/accounts/{id}/mandates/{number}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MandateEnd"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/accounts/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordResetBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/accounts/{id}/personal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PurposeBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["identity.Personal"];
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
    "/accounts/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SearchBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Found"];
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
    "/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WaitingAttachments"];
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query: {
                    name: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": unknown;
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": unknown;
                    "audio/mpeg": unknown;
                    "audio/wav": unknown;
                    "image/jpeg": unknown;
                    "image/png": unknown;
                    "image/webp": unknown;
                    "text/plain": unknown;
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WaitingAttachment"];
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
    "/attachments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    purpose?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": unknown;
                        "application/pdf": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": unknown;
                        "audio/mpeg": unknown;
                        "audio/wav": unknown;
                        "image/jpeg": unknown;
                        "image/png": unknown;
                        "image/webp": unknown;
                        "text/plain": unknown;
                    };
                };
            };
        };
        put?: never;
        post?: never;
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
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    account?: number;
                    after?: string;
                    from?: string;
                    kind?: string;
                    limit?: number;
                    subject?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["identity.AuditEntry"][];
                            next?: string;
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
    "/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    area?: string;
                    key?: string;
                    limit?: number;
                    process?: string;
                    status?: components["schemas"]["store.CaseStatus"];
                    unit?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CaseLine"][];
                            next?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StartCase"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseView"];
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
    "/cases/{id}/approvers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Approvers"];
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
    "/cases/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReasonBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/cases/{id}/clocks/{element}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    element: number;
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["calendar.Explanation"];
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
    "/cases/{id}/clocks/{element}/extension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    element: number;
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ExtensionBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/cases/{id}/clocks/{element}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    element: number;
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReasonBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/cases/{id}/clocks/{element}/resumption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    element: number;
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/cases/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Comments"];
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CommentBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/cases/{id}/personal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RevealBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Revealed"];
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
    "/cases/{id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: number;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Records"];
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
    "/cases/{id}/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MoveBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/cases/{id}/variables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["VariablesBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    limit?: number;
                    unit?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Colleague"][];
                            next?: string;
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
    "/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BulkBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkAnswer"];
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
    "/counters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Counters"];
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
    "/decisions/analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DecisionText"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableReports"];
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
    "/decisions/trial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TrialBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TryView"];
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
    "/definitions/{definition}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    path: string;
                };
                header?: never;
                path: {
                    definition: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                        "application/xml": unknown;
                        "text/plain": unknown;
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
    "/definitions/{definition}/migration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    definition: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MigrationBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MigrationView"];
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
    "/evaluations/{framework}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    year: number;
                };
                header?: never;
                path: {
                    framework: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["insight.EvaluationTree"];
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
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cases?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
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
    "/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    area?: string;
                    by?: string;
                    category?: string;
                    channel?: string;
                    compare?: boolean;
                    indicators: string;
                    period: string;
                    unit?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FiguresView"];
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
    "/figures/behind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    after?: string;
                    area?: string;
                    category?: string;
                    channel?: string;
                    fulfilled?: boolean;
                    indicator: string;
                    limit?: number;
                    period: string;
                    unit?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CountedLine"][];
                            next?: string;
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
    "/figures/indicators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IndicatorList"];
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
    "/grants/proposed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["identity.Grant"][];
                            next?: string;
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
    "/hotline/callers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CallerBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CallerHistory"];
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
    "/hotline/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    area?: string;
                    days?: number;
                    latitude?: string;
                    longitude?: string;
                    place?: string;
                    title: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Duplicates"];
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
    "/hotline/intake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IntakeBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IntakeAnswer"];
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
    "/hotline/intake/table": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query: {
                    channel?: components["schemas"]["IncomingChannel"];
                    system: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "text/csv": unknown;
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IntakeAnswer"];
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
    "/hotline/knowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    category?: string;
                    on?: string;
                    q: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Knowledge"];
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
    "/hotline/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    details?: string;
                    firm?: boolean;
                    title: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderSuggestion"];
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
    "/hotline/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    days?: number;
                    spans?: number;
                    until?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Topics"];
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
    "/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    area?: string;
                    limit?: number;
                    process?: string;
                    unit?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["IncidentView"][];
                            next?: string;
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
    "/incidents/{case_id}/{number}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ResolutionBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/incidents/{case_id}/{number}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/log/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
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
    "/log/heads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    from_size?: number;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
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
    "/log/proofs/{sequence}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sequence: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
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
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OwnView"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OwnChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/me/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReasonBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["identity.Erased"];
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
    "/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
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
    "/me/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OwnGrants"];
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
    "/me/mandates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Mandates"];
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
    "/me/personal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonalView"];
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
    "/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MessageBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    case_id?: number;
                    limit?: number;
                    party?: string;
                    recipient?: string;
                    state?: components["schemas"]["notify.State"];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["notify.NoticeSummary"][];
                            next?: string;
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
    "/notices/{id}/abandonment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
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
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notices/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
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
                    "application/json": components["schemas"]["PurposeBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["notify.OpenedNotice"];
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
    "/notices/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
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
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open/boards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BoardList"];
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
    "/open/boards/{plan}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Board"];
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
    "/open/guides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GuideList"];
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
    "/open/guides/{pack}/{item}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    item: string;
                    pack: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Guide"];
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
    "/open/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProgressBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProgressView"];
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
    "/open/progress/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RatingBody"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open/registers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterList"];
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
    "/open/registers/{name}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    as_of?: string;
                    filter?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["PublicEntry"][];
                            next?: string;
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
    "/open/registers/{name}/entries/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    key: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PublicEntry"];
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
    "/open/registers/{name}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                    format?: components["schemas"]["registry.SheetFormat"];
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                        "text/csv": unknown;
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
    "/open/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    bulletin?: string;
                    limit?: number;
                    pack?: string;
                    period?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ReportLine"][];
                            next?: string;
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
    "/open/reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OpenReport"];
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
    "/open/reports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    format: components["schemas"]["ReportFormat"];
                };
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
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
    "/open/surveys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OpenSurvey"];
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
    "/open/surveys/{id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AnswerBody"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
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
    "/overdue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    area?: string;
                    limit?: number;
                    process?: string;
                    unit?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["TaskView"][];
                            next?: string;
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
    "/overdue/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OverdueUnits"];
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
    "/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PackList"];
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PackBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeployedView"];
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
    "/packs/{pack}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    pack: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PackView"];
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
    "/packs/{pack}/items/{item}/form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    item: string;
                    pack: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FormView"];
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
    "/packs/{pack}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    pack: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VersionList"];
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
    "/packs/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PackBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CheckView"];
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
    "/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlanList"];
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ImportBody"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportedView"];
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
    "/plans/{plan}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlanOverview"];
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
    "/plans/{plan}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LikeList"];
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
    "/plans/{plan}/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GapList"];
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
    "/plans/{plan}/issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IssueBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IssuedView"];
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
    "/plans/{plan}/late": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LateList"];
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
    "/plans/{plan}/matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Matrix"];
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
    "/plans/{plan}/measures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MeasureList"];
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
    "/plans/{plan}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderList"];
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
    "/plans/{plan}/roadmap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Roadmap"];
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
    "/plans/{plan}/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TargetList"];
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
    "/plans/{plan}/timetable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    plan: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Timetable"];
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
    "/plans/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: {
                    previous?: string;
                    year?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": unknown;
                    "text/markdown": unknown;
                    "text/plain": unknown;
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Preview"];
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
    "/registers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterList"];
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
    "/registers/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegisterView"];
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
    "/registers/{name}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    as_of?: string;
                    filter?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["EntryView"][];
                            next?: string;
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
    "/registers/{name}/entries/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                };
                header?: never;
                path: {
                    key: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EntryView"];
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
    "/registers/{name}/entries/{key}/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    from: number;
                    to: number;
                };
                header?: never;
                path: {
                    key: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DifferenceView"];
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
    "/registers/{name}/entries/{key}/personal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PurposeBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RevealedEntry"];
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
    "/registers/{name}/entries/{key}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["History"];
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
    "/registers/{name}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    as_of?: string;
                    format?: components["schemas"]["registry.SheetFormat"];
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                        "text/csv": unknown;
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
    "/registers/{name}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: {
                    title?: string;
                    valid_from?: string;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/registers/{name}/imports/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: {
                    title?: string;
                    valid_from?: string;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportView"];
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
    "/registers/{name}/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    limit?: number;
                    status?: components["schemas"]["registry.ProposalStatus"];
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ProposalView"][];
                            next?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProposalBody"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/registers/{name}/proposals/{proposal}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    proposal: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProposalView"];
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
    "/registers/{name}/proposals/{proposal}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    proposal: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/registers/{name}/proposals/{proposal}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    name: string;
                    proposal: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["DraftView"][];
                            next?: string;
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
    "/registers/{name}/proposals/{proposal}/publication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    proposal: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/registers/{name}/proposals/{proposal}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    proposal: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReasonBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/registers/{name}/proposals/{proposal}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    proposal: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReasonBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    bulletin?: string;
                    limit?: number;
                    pack?: string;
                    period?: string;
                    status?: components["schemas"]["insight.ReportStatus"];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ReportLine"][];
                            next?: string;
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
    "/reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReportView"];
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
    "/reports/{id}/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AdjustmentsBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/reports/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CorrectionList"];
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
    "/reports/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReasonBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/reports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    format: components["schemas"]["ReportFormat"];
                };
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
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
    "/reports/{id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/reports/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/reports/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DraftBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/reports/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReportKinds"];
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
    "/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Roles"];
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
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    after?: string;
                    area?: string;
                    kind?: components["schemas"]["store.TextKind"];
                    limit?: number;
                    order?: components["schemas"]["search.Order"];
                    process?: string;
                    q: string;
                    status?: components["schemas"]["store.CaseStatus"];
                    unit?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["HitView"][];
                            next?: string;
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
    "/search/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    kind?: components["schemas"]["store.TextKind"];
                    limit?: number;
                    process?: string;
                    q: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Suggestions"];
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
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CurrentSession"];
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignInBody"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionView"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionView"];
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
    "/session/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProofBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Enrolled"];
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
    "/session/second-factor/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CodeBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Confirmed"];
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
    "/session/second-factor/removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RemovalBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionView"];
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
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Sessions"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
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
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    code?: string;
                    error?: string;
                    error_description?: string;
                    iss?: string;
                    session_state?: string;
                    state?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: never;
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Providers"];
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
    "/sign-in/with/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: never;
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/surveys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    limit?: number;
                    status?: components["schemas"]["insight.SurveyStatus"];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["SurveyLine"][];
                            next?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SurveyDraft"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/surveys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SurveyView"];
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
    "/surveys/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/surveys/{id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InvitationBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitationCodes"];
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
    "/surveys/{id}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/surveys/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
    "/surveys/{id}/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header: {
                    "If-Match": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SampleBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SampleView"];
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
    "/surveys/{id}/samples/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SampleView"];
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
    "/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SystemView"];
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
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: string;
                    area?: string;
                    limit?: number;
                    list?: components["schemas"]["Worklist"];
                    process?: string;
                    role?: string;
                    unit?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["TaskView"][];
                            next?: string;
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
    "/tasks/{case_id}/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TaskWhole"];
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
    "/tasks/{case_id}/{number}/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Assignment"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/tasks/{case_id}/{number}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/tasks/{case_id}/{number}/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Answers"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
    "/tasks/{case_id}/{number}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    case_id: number;
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaseStep"];
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountGrants: {
            items: components["schemas"]["identity.Grant"][];
        };
        AdjustmentsBody: {
            adjustments?: components["schemas"]["insight.AdjustmentInput"][];
        };
        AnswerBody: {
            answers?: {
                [key: string]: number;
            };
            code: string;
        };
        Answers: {
            answers: Record<string, unknown>;
        };
        Approvers: {
            items: components["schemas"]["Colleague"][];
        };
        Assignment: {
            reason?: string;
            to: number;
        };
        Board: {
            accepted: number;
            as_of: string;
            attained: number;
            board: string;
            items: number;
            projects: components["schemas"]["BoardProject"][];
            title: components["schemas"]["Text"];
        };
        BoardLine: {
            announced?: string;
            board: string;
            projects: number;
            title: components["schemas"]["Text"];
        };
        BoardList: {
            items: components["schemas"]["BoardLine"][];
        };
        BoardProject: {
            accepted?: string;
            announced?: string;
            area: string;
            attained: boolean;
            comparator: components["schemas"]["planning.Comparator"];
            done?: string;
            due?: string;
            item: string;
            light?: components["schemas"]["calendar.Light"];
            measured_in: string;
            percent?: number;
            planned: string;
            reported?: string;
            title: string;
            unit: string;
            unit_name: components["schemas"]["Text"];
        };
        BulkAnswer: {
            results: components["schemas"]["RowResult"][];
        };
        BulkBody: {
            commands?: ({
                case_id: number;
                task: number;
                /** @constant */
                type: "claim-task";
            } | {
                case_id: number;
                task: number;
                /** @constant */
                type: "release-task";
            } | {
                case_id: number;
                reason: string;
                task: number;
                to: number;
                /** @constant */
                type: "assign-task";
            } | {
                answers: Record<string, unknown>;
                case_id: number;
                task: number;
                /** @constant */
                type: "complete-task";
            } | {
                case_id: number;
                task?: number;
                text: string;
                /** @constant */
                type: "comment";
            } | {
                case_id: number;
                reason: string;
                /** @constant */
                type: "cancel-case";
            } | {
                case_id: number;
                element: number;
                reason: string;
                /** @constant */
                type: "pause-clock";
            } | {
                case_id: number;
                element: number;
                /** @constant */
                type: "resume-clock";
            } | {
                amount: number;
                approved_by: number;
                case_id: number;
                element: number;
                reason: string;
                /** @constant */
                type: "extend-clock";
            } | {
                case_id: number;
                reason: string;
                scope: number;
                /** @constant */
                type: "set-variables";
                variables: Record<string, unknown>;
            } | {
                case_id: number;
                from: number;
                reason: string;
                to: string;
                /** @constant */
                type: "move-token";
            } | {
                case_id: number;
                incident: number;
                /** @constant */
                type: "retry-incident";
            } | {
                case_id: number;
                incident: number;
                reason: string;
                /** @constant */
                type: "resolve-incident";
                variables: Record<string, unknown>;
            })[];
        };
        "calendar.ClockExtension": {
            amount: number;
            approved_by: string;
            at: string;
            reason: string;
        };
        "calendar.ClockPause": {
            from: string;
            reason: string;
            to?: string;
        };
        "calendar.ClockRule": {
            amount: number;
            extension_limit?: number;
            id: string;
            name: components["schemas"]["Text"];
            roll: boolean;
            source: string;
            start: components["schemas"]["calendar.ClockStart"];
            statutory?: number;
            unit: components["schemas"]["calendar.ClockUnit"];
            yellow_percent: number;
        };
        "calendar.ClockRun": {
            extensions: components["schemas"]["calendar.ClockExtension"][];
            pauses: components["schemas"]["calendar.ClockPause"][];
            started: string;
            stopped?: string;
        };
        /** @enum {string} */
        "calendar.ClockStart": "same_instant" | "next_day";
        /** @enum {string} */
        "calendar.ClockUnit": "working_day" | "natural_day" | "working_hour" | "hour";
        /** @enum {string} */
        "calendar.DayKind": "start" | "counted" | "weekend" | "holiday" | "paused" | "rolled";
        "calendar.Deadline": {
            due: string;
            held_at?: string;
            paused: boolean;
            provisional: boolean;
            statutory?: string;
            yellow: string;
        };
        "calendar.ExplainedDay": {
            date: string;
            extended: number;
            holiday?: components["schemas"]["Text"];
            kind: components["schemas"]["calendar.DayKind"];
            last: boolean;
            make_up: boolean;
            number?: number;
            provisional: boolean;
            reason?: string;
            spans: components["schemas"]["calendar.Span"][];
            statutory_last: boolean;
        };
        "calendar.Explanation": {
            announced_until: string;
            calendar: string;
            calendar_version: string;
            days: components["schemas"]["calendar.ExplainedDay"][];
            deadline: components["schemas"]["calendar.Deadline"];
            extended: number;
            light: components["schemas"]["calendar.Light"];
            rule: components["schemas"]["calendar.ClockRule"];
            run: components["schemas"]["calendar.ClockRun"];
            sources: components["schemas"]["calendar.YearSource"][];
        };
        /** @enum {string} */
        "calendar.Light": "green" | "yellow" | "red";
        "calendar.Source": {
            address: string;
            title: string;
        };
        "calendar.Span": {
            from: string;
            to: string;
        };
        "calendar.YearSource": {
            source: components["schemas"]["calendar.Source"];
            year: number;
        };
        CallerBody: {
            phone: string;
            purpose: string;
        };
        CallerHistory: {
            items: components["schemas"]["CaseLine"][];
            open: number;
        };
        CaseAttachment: {
            at: string;
            by: string;
            by_name: string;
            digest: string;
            erased: boolean;
            field: string;
            field_title: components["schemas"]["Text"];
            id: string;
            media_type: string;
            name: string;
            node: string;
            node_name: components["schemas"]["Text"];
            personal: boolean;
            position: number;
            size: number;
        };
        CaseLine: {
            area: string;
            area_name: components["schemas"]["Text"];
            closed?: string;
            due?: string;
            id: number;
            key: string;
            opened: string;
            overdue: boolean;
            pack: string;
            process: string;
            process_name: components["schemas"]["Text"];
            status: components["schemas"]["store.CaseStatus"];
            title: string;
            unit: string;
            unit_name: components["schemas"]["Text"];
            version: number;
        };
        CaseStep: {
            case_id: number;
            repeated: boolean;
            version: number;
        };
        CaseView: {
            area: string;
            area_name: components["schemas"]["Text"];
            attachments: components["schemas"]["CaseAttachment"][];
            clocks: components["schemas"]["ClockView"][];
            closed?: string;
            due?: string;
            id: number;
            incidents: number[];
            key: string;
            masked: string[];
            model: string;
            opened: string;
            overdue: boolean;
            pack: string;
            process: string;
            process_name: components["schemas"]["Text"];
            status: components["schemas"]["store.CaseStatus"];
            tasks: components["schemas"]["TaskView"][];
            title: string;
            unit: string;
            unit_name: components["schemas"]["Text"];
            variables: Record<string, unknown>;
            version: number;
        };
        "casework.DeployedFile": {
            path: string;
            text: string;
        };
        ChangeBody: {
            entry?: Record<string, unknown>;
            key?: string;
            kind: components["schemas"]["registry.ChangeKind"];
            number?: number;
            valid_from?: string;
            valid_to?: string;
        };
        CheckView: {
            changes: components["schemas"]["packs.PackChange"][];
            findings: components["schemas"]["packs.Finding"][];
            good: boolean;
            running: number;
            stuck: number;
        };
        ClockView: {
            due: string;
            element: number;
            light: components["schemas"]["calendar.Light"];
            name: components["schemas"]["Text"];
            paused: boolean;
            provisional: boolean;
            rule: string;
            source: string;
            started: string;
            statutory?: string;
            stopped?: string;
        };
        CodeBody: {
            code: string;
        };
        Colleague: {
            account: number;
            login: string;
            name: string;
            posts: string[];
            unit: string;
            unit_name: components["schemas"]["Text"];
        };
        CommentBody: {
            task?: number;
            text: string;
        };
        Comments: {
            items: components["schemas"]["CommentView"][];
        };
        CommentView: {
            actor: string;
            at: string;
            position: number;
            task?: number;
            text?: string;
        };
        Confirmed: {
            recovery_codes: string[];
            session: components["schemas"]["SessionView"];
        };
        CorrectionList: {
            items: components["schemas"]["insight.Correction"][];
        };
        CountedLine: {
            area: string;
            closed?: string;
            id: number;
            opened: string;
            process: string;
            status: components["schemas"]["store.CaseStatus"];
            title?: string;
            unit: string;
            unit_name: components["schemas"]["Text"];
        };
        Counters: {
            bound: number;
            incidents: number;
            mine: number;
            mine_overdue: number;
            unit: number;
        };
        CurrentSession: {
            account: number;
            csrf: string;
            duty: components["schemas"]["identity.Duty"];
            kind: components["schemas"]["identity.AccountKind"];
            login: string;
            session: string;
            strong: boolean;
        };
        /** @enum {string} */
        DateKind: "step" | "part" | "target" | "measure";
        DeadRuleView: {
            rule: number;
        };
        DecisionText: {
            text: string;
        };
        DeployedView: {
            definition: number;
            entries: number;
            is_new: boolean;
            pack: string;
            version: number;
        };
        DifferenceItem: {
            after?: unknown;
            before?: unknown;
            pointer: string;
        };
        DifferenceView: {
            items: components["schemas"]["DifferenceItem"][];
        };
        DraftBody: {
            bulletin: string;
            pack: string;
            period: string;
            reason?: string;
        };
        DraftView: {
            entry: unknown;
            key: string;
            kind: components["schemas"]["registry.ChangeKind"];
            number: number;
            valid_from: string;
            valid_to?: string;
        };
        Duplicates: {
            items: components["schemas"]["DuplicateView"][];
            looked_at: number;
        };
        DuplicateView: {
            id: number;
            metres?: number;
            opened: string;
            percent: number;
            place: string;
            place_percent: number;
            status: components["schemas"]["store.CaseStatus"];
            title: string;
            title_percent: number;
            unit: string;
        };
        EngineView: {
            commands: number;
            conflicts: number;
            refused: number;
            units: number;
        };
        Enrolled: {
            secret: string;
            uri: string;
        };
        EntryView: {
            body: unknown;
            corrected: boolean;
            entry: number;
            is_public: boolean;
            key: string;
            number: number;
            proposal: number;
            published: string;
            valid_from: string;
            valid_to?: string;
        };
        ExtensionBody: {
            amount: number;
            approved_by: number;
            reason: string;
        };
        FigureGroup: {
            area?: string;
            category?: string;
            channel?: string;
            day?: string;
            figures: components["schemas"]["FigureView"][];
            month?: string;
            name?: components["schemas"]["Text"];
            unit?: string;
        };
        FiguresView: {
            complete: boolean;
            computed_at: string;
            first: string;
            items: components["schemas"]["FigureGroup"][];
            last: string;
            period: string;
        };
        FigureView: {
            before?: number;
            counts: number;
            indicator: string;
            of: number;
            value?: number;
            year_before?: number;
        };
        FilledField: {
            field: string;
            source: components["schemas"]["packs.FieldSource"];
        };
        FormView: {
            filled: components["schemas"]["FilledField"][];
            form: unknown;
            values: Record<string, unknown>;
        };
        Found: {
            items: components["schemas"]["identity.Account"][];
        };
        GapLine: {
            blocks: boolean;
            case_id: number;
            gaps: components["schemas"]["planning.Gap"][];
            id: string;
            number: string;
            title: string;
        };
        GapList: {
            as_of: string;
            complete: number;
            incomplete: number;
            items: components["schemas"]["GapLine"][];
        };
        GrantBody: {
            role: string;
            scope: components["schemas"]["identity.ScopeInput"];
            valid_from?: string;
            valid_to?: string;
        };
        Guide: {
            clock?: components["schemas"]["GuideClock"];
            description: components["schemas"]["Text"];
            form?: unknown;
            item: string;
            pack: string;
            sections: components["schemas"]["GuideSection"][];
            sources: string[];
            steps: components["schemas"]["Text"][];
            summary?: components["schemas"]["Text"];
            system: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
        };
        GuideClock: {
            amount: number;
            name: components["schemas"]["Text"];
            source: string;
            statutory?: number;
            unit: components["schemas"]["calendar.ClockUnit"];
        };
        GuideField: {
            asked: boolean;
            name: string;
            required: boolean;
            title: components["schemas"]["Text"];
        };
        GuideLine: {
            item: string;
            pack: string;
            summary?: components["schemas"]["Text"];
            system: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
        };
        GuideList: {
            items: components["schemas"]["GuideLine"][];
        };
        GuideSection: {
            fields: components["schemas"]["GuideField"][];
            title: components["schemas"]["Text"];
        };
        HeldView: {
            permissions: components["schemas"]["Permission"][];
            role: string;
            scope: components["schemas"]["identity.Scope"];
            title: components["schemas"]["Text"];
        };
        History: {
            items: components["schemas"]["EntryView"][];
        };
        HitView: {
            area: string;
            at: string;
            excerpt: components["schemas"]["search.Marked"];
            id: number;
            kind: components["schemas"]["store.TextKind"];
            names: components["schemas"]["search.Marked"][];
            process: string;
            status: components["schemas"]["store.CaseStatus"];
            title: components["schemas"]["search.Marked"];
            unit: string;
        };
        "identity.Account": {
            created: string;
            id: number;
            kind: components["schemas"]["identity.AccountKind"];
            language: string;
            locked_until?: string;
            login: string;
            masked: components["schemas"]["identity.Personal"];
            posts: string[];
            second_factor: boolean;
            status: components["schemas"]["identity.AccountStatus"];
            unit: string;
            version: number;
        };
        "identity.AccountChange": {
            language?: string;
            personal?: components["schemas"]["identity.PersonalInput"];
            posts?: string[];
            unit?: string;
        };
        /** @enum {string} */
        "identity.AccountKind": "officer" | "agent" | "resident";
        /** @enum {string} */
        "identity.AccountStatus": "active" | "disabled" | "erased";
        "identity.AuditEntry": {
            account: number;
            at: string;
            kind: string;
            position: number;
            purpose: string;
            request: string;
            stream: number;
            subject: string;
        };
        /** @enum {string} */
        "identity.Duty": "none" | "change_password" | "second_factor";
        "identity.Erased": {
            cases: number;
            kept: number[];
            values: number;
        };
        /** @enum {string} */
        "identity.FieldClass": "name" | "phone" | "id_number" | "email" | "address" | "bank_account" | "other";
        "identity.Grant": {
            account: number;
            at: string;
            decided_by: number;
            number: number;
            proposed_by: number;
            role: string;
            scope: components["schemas"]["identity.Scope"];
            state: components["schemas"]["identity.GrantState"];
            valid_from?: string;
            valid_to?: string;
        };
        /** @enum {string} */
        "identity.GrantState": "proposed" | "active" | "revoked" | "rejected";
        "identity.Mandate": {
            basis: string;
            firm: string;
            number: number;
            valid_from?: string;
            valid_to?: string;
        };
        "identity.NewAccount": {
            kind: components["schemas"]["identity.AccountKind"];
            language: string;
            login: string;
            password: string;
            personal: components["schemas"]["identity.PersonalInput"];
            posts?: string[];
            unit: string;
        };
        "identity.Personal": {
            email?: string;
            id_number?: string;
            name?: string;
            phone?: string;
        };
        "identity.PersonalInput": {
            email?: string;
            id_number?: string;
            name?: string;
            phone?: string;
        };
        "identity.Role": {
            exclusive_with: string[];
            id: string;
            permissions: components["schemas"]["Permission"][];
            title: components["schemas"]["Text"];
        };
        "identity.Scope": {
            areas: string[];
            packs: string[];
            states: components["schemas"]["store.CaseStatus"][];
            units: string[];
        };
        "identity.ScopeInput": {
            areas?: string[];
            packs?: string[];
            states?: components["schemas"]["store.CaseStatus"][];
            units?: string[];
        };
        "identity.SessionInfo": {
            address: string;
            agent: string;
            created: string;
            ends: string;
            id: string;
            seen: string;
            strong: boolean;
        };
        ImportBody: {
            cycle_length?: string;
            due: string;
            id: string;
            plan: components["schemas"]["planning.PlanTextInput"];
            previous?: string;
            steps_until_due?: boolean;
        };
        ImportedView: {
            brands: number;
            case_id: number;
            linked: number;
            measures: number;
            repeated: boolean;
        };
        ImportView: {
            added: number;
            changed: number;
            errors: components["schemas"]["registry.RowError"][];
            good: boolean;
            unchanged: number;
            wrong: number;
        };
        IncidentView: {
            at: string;
            case_id: number;
            code: string;
            message: string;
            node: string;
            number: number;
            process: string;
        };
        /** @enum {string} */
        IncomingChannel: "media" | "mail" | "other_city";
        IncomingOrder: {
            area?: string;
            caller?: string;
            details?: string;
            latitude?: string;
            longitude?: string;
            number: string;
            phone?: string;
            place?: string;
            title: string;
        };
        IndicatorList: {
            items: components["schemas"]["IndicatorView"][];
        };
        IndicatorView: {
            counts?: string;
            day: string;
            definition?: components["schemas"]["Text"];
            direction: components["schemas"]["packs.Direction"];
            id: string;
            kind: string;
            of?: string;
            pack: string;
            process: string;
            source: string;
            title: components["schemas"]["Text"];
            unit: components["schemas"]["Text"];
            value?: string;
        };
        "insight.Adjustment": {
            by: components["schemas"]["packs.BulletinBy"];
            case_id: number;
            key: string;
            points: string;
            reason: string;
        };
        "insight.AdjustmentInput": {
            by: components["schemas"]["packs.BulletinBy"];
            case_id: number;
            key: string;
            points: string;
            reason: string;
        };
        "insight.BulletinContent": {
            adjustments: components["schemas"]["insight.Adjustment"][];
            bulletin: string;
            city: components["schemas"]["insight.BulletinRow"];
            corrections: components["schemas"]["insight.Correction"][];
            corrects: number;
            first: string;
            indicators: components["schemas"]["insight.BulletinIndicator"][];
            last: string;
            pack: string;
            period: string;
            score?: components["schemas"]["insight.BulletinScore"];
            source: string;
            tables: components["schemas"]["insight.BulletinTable"][];
            title: components["schemas"]["Text"];
        };
        "insight.BulletinFigure": {
            before?: string;
            counts: number;
            indicator: string;
            of: number;
            value?: string;
            year_before?: string;
        };
        "insight.BulletinIndicator": {
            definition?: components["schemas"]["Text"];
            direction: components["schemas"]["packs.Direction"];
            id: string;
            source: string;
            title: components["schemas"]["Text"];
            unit: components["schemas"]["Text"];
        };
        "insight.BulletinPoints": {
            indicator: string;
            points?: string;
            value?: string;
            weight: number;
        };
        "insight.BulletinRow": {
            computed?: string;
            figures: components["schemas"]["insight.BulletinFigure"][];
            key: string;
            name: components["schemas"]["Text"];
            points: components["schemas"]["insight.BulletinPoints"][];
            rank?: number;
            score?: string;
        };
        "insight.BulletinScore": {
            from: string;
            id: string;
            parts: components["schemas"]["packs.ScorePart"][];
            source: string;
            title: components["schemas"]["Text"];
        };
        "insight.BulletinTable": {
            by: components["schemas"]["packs.BulletinBy"];
            rows: components["schemas"]["insight.BulletinRow"][];
        };
        "insight.Correction": {
            after?: string;
            before?: string;
            by: components["schemas"]["packs.BulletinBy"];
            key: string;
            name: components["schemas"]["Text"];
            what: string;
        };
        "insight.EvaluationLeaf": {
            case_id: number;
            code: string;
            gap?: string;
            group: components["schemas"]["Text"];
            measure: string;
            measure_by: string;
            measure_done: boolean;
            name: components["schemas"]["Text"];
            pillar: components["schemas"]["Text"];
            reviewed_score?: string;
            self_score?: string;
            target_score?: string;
            unit: string;
            value: string;
            value_period: string;
            value_source: string;
        };
        "insight.EvaluationMean": {
            indicators: number;
            name: components["schemas"]["Text"];
            reviewed: number;
            score?: string;
        };
        "insight.EvaluationTree": {
            framework: string;
            leaves: components["schemas"]["insight.EvaluationLeaf"][];
            pillars: components["schemas"]["insight.EvaluationMean"][];
            topics: components["schemas"]["insight.EvaluationMean"][];
            year: number;
        };
        /** @enum {string} */
        "insight.ReportStatus": "draft" | "frozen" | "published" | "superseded" | "discarded";
        "insight.SurveyDesign": {
            least_answers: number;
            questions: components["schemas"]["insight.SurveyQuestion"][];
            source: string;
            strata: components["schemas"]["insight.SurveyStratum"][];
            title: components["schemas"]["Text"];
        };
        "insight.SurveyDesignInput": {
            least_answers: number;
            questions?: components["schemas"]["insight.SurveyQuestionInput"][];
            source: string;
            strata?: components["schemas"]["insight.SurveyStratumInput"][];
            title: components["schemas"]["TextInput"];
        };
        "insight.SurveyIndex": {
            answers?: number;
            index?: string;
            invited: number;
            margin?: string;
            population: number;
            response_rate?: string;
            stratum: string;
        };
        "insight.SurveyOption": {
            score: number;
            title: components["schemas"]["Text"];
        };
        "insight.SurveyOptionInput": {
            score: number;
            title: components["schemas"]["TextInput"];
        };
        "insight.SurveyQuestion": {
            id: string;
            options: components["schemas"]["insight.SurveyOption"][];
            title: components["schemas"]["Text"];
            weight: number;
        };
        "insight.SurveyQuestionInput": {
            id: string;
            options?: components["schemas"]["insight.SurveyOptionInput"][];
            title: components["schemas"]["TextInput"];
            weight: number;
        };
        "insight.SurveyResults": {
            all: components["schemas"]["insight.SurveyIndex"];
            shares: components["schemas"]["insight.SurveyShare"][];
            strata: components["schemas"]["insight.SurveyIndex"][];
        };
        "insight.SurveyShare": {
            answers: number;
            choice: number;
            question: string;
            share: string;
        };
        /** @enum {string} */
        "insight.SurveyStatus": "draft" | "open" | "closed" | "published";
        "insight.SurveyStratum": {
            id: string;
            population: number;
            title: components["schemas"]["Text"];
        };
        "insight.SurveyStratumInput": {
            id: string;
            population: number;
            title: components["schemas"]["TextInput"];
        };
        IntakeAnswer: {
            results: components["schemas"]["IntakeRow"][];
            taken: number;
        };
        IntakeBody: {
            channel?: components["schemas"]["IncomingChannel"];
            orders?: components["schemas"]["IncomingOrder"][];
            system: string;
        };
        IntakeRow: {
            case_id?: number;
            code?: string;
            number: string;
            problem?: components["schemas"]["Text"];
            repeated: boolean;
        };
        InvitationBody: {
            count: number;
            stratum: string;
        };
        InvitationCodes: {
            codes: string[];
        };
        IssueBody: {
            document_number?: string;
            remark?: string;
        };
        IssuedView: {
            gaps: components["schemas"]["GapLine"][];
            issued: number;
            issued_before: number;
            plan_issued: boolean;
            refused: components["schemas"]["RefusedMeasure"][];
        };
        /** @enum {string} */
        Keep: "cookie" | "token";
        Knowledge: {
            items: components["schemas"]["KnowledgeView"][];
        };
        KnowledgeView: {
            answer: string;
            category: string;
            code: string;
            expires_soon: boolean;
            percent: number;
            question: string;
            source: string;
            unit: string;
            valid_from: string;
            valid_to?: string;
            version: number;
        };
        /** @enum {string} */
        Language: "zh" | "en";
        LateList: {
            as_of: string;
            items: components["schemas"]["LateMeasure"][];
        };
        LateMeasure: {
            case_id: number;
            due?: string;
            id: string;
            leads: string[];
            number: string;
            progress: number;
            reasons: components["schemas"]["planning.Lateness"][];
            title: string;
        };
        LikeList: {
            items: components["schemas"]["LikePair"][];
        };
        LikePair: {
            one: components["schemas"]["LikeText"];
            other: components["schemas"]["LikeText"];
            percent: number;
        };
        LikeText: {
            case_id: number;
            title: string;
            unit: string;
        };
        LimitsView: {
            keep_days: number;
            max_bytes: number;
            per_case: number;
            waiting: number;
            waiting_bytes: number;
        };
        MandateBody: {
            basis: string;
            firm: string;
            valid_from?: string;
            valid_to?: string;
        };
        MandateEnd: {
            last_day: string;
        };
        Mandates: {
            items: components["schemas"]["identity.Mandate"][];
        };
        Matrix: {
            as_of: string;
            items: components["schemas"]["UnitRow"][];
        };
        MeasureLine: {
            areas: string[];
            assisting: string[];
            case_id: number;
            closed?: string;
            due?: string;
            gaps: number;
            id: string;
            issued?: string;
            late: boolean;
            leads: string[];
            light?: components["schemas"]["calendar.Light"];
            number: string;
            parts: number;
            previous: string;
            progress: number;
            section: string;
            stage: components["schemas"]["planning.Stage"];
            subsection: string;
            targets: number;
            title: string;
        };
        MeasureLink: {
            measure: number;
            previous: string;
        };
        MeasureList: {
            as_of: string;
            items: components["schemas"]["MeasureLine"][];
        };
        MessageBody: {
            key?: string;
            name: string;
            variables: Record<string, unknown>;
        };
        MigrationBody: {
            dry_run: boolean;
            nodes?: {
                [key: string]: string;
            };
            reason: string;
            to: number;
        };
        MigrationView: {
            cases: number;
            dry_run: boolean;
        };
        MoveBody: {
            from: number;
            reason: string;
            to: string;
        };
        /** @enum {string} */
        "notify.Channel": "text_message" | "mail" | "webhook" | "live";
        "notify.Content": {
            data: string;
            subject: string;
            text: string;
        };
        "notify.NoticeSummary": {
            area: string;
            attempts: number;
            case_id: number;
            channel: components["schemas"]["notify.Channel"];
            created: string;
            decided_by: string;
            error: string;
            id: string;
            language: components["schemas"]["Language"];
            next_attempt?: string;
            notice: string;
            pack: string;
            recipient: string;
            sent_at?: string;
            state: components["schemas"]["notify.State"];
            title: string;
            unit: string;
        };
        "notify.OpenedNotice": {
            address: string;
            content: components["schemas"]["notify.Content"];
            summary: components["schemas"]["notify.NoticeSummary"];
        };
        /** @enum {string} */
        "notify.State": "waiting" | "sent" | "failed" | "dead" | "given_up";
        OpenReport: {
            bulletin: string;
            content: components["schemas"]["insight.BulletinContent"];
            digest: string;
            drafted: string;
            edition: number;
            frozen?: string;
            id: number;
            pack: string;
            period: string;
            published?: string;
            reason: string;
            status: components["schemas"]["insight.ReportStatus"];
            title: components["schemas"]["Text"];
            version: number;
        };
        OpenSurvey: {
            closes: string;
            id: number;
            opens: string;
            questions: components["schemas"]["insight.SurveyQuestion"][];
            results?: components["schemas"]["insight.SurveyResults"];
            source: string;
            status: components["schemas"]["insight.SurveyStatus"];
            title: components["schemas"]["Text"];
        };
        OrderChoice: {
            code: string;
            name: components["schemas"]["Text"];
            percent: number;
        };
        OrderLine: {
            area: string;
            assigned_unit: string;
            carried_out: string;
            case_id: number;
            closed?: string;
            cycle: number;
            escalated?: string;
            measure_id: string;
            measure_title: string;
            ordered?: string;
            reason: string;
            resolution: string;
            resolution_number: string;
            resolve_by?: string;
            resolved?: string;
            times: number;
            unit: string;
        };
        OrderList: {
            as_of: string;
            escalated: number;
            items: components["schemas"]["OrderLine"][];
            open: number;
            resolved: number;
        };
        OrderSuggestion: {
            categories: components["schemas"]["OrderChoice"][];
            category_right?: number;
            held_out?: number;
            reason: components["schemas"]["Text"];
            source: string;
            trained?: string;
            unit_right?: number;
            units: components["schemas"]["OrderChoice"][];
        };
        OverdueUnit: {
            count: number;
            name: components["schemas"]["Text"];
            units: string[];
        };
        OverdueUnits: {
            at: string;
            count: number;
            items: components["schemas"]["OverdueUnit"][];
            whole: boolean;
        };
        OverlapView: {
            region: string[];
            rules: number[];
        };
        OwnChange: {
            email?: string;
            language?: string;
            name?: string;
            phone?: string;
        };
        OwnGrants: {
            items: components["schemas"]["identity.Grant"][];
        };
        OwnView: {
            account: number;
            duty: components["schemas"]["identity.Duty"];
            firms: string[];
            kind: components["schemas"]["identity.AccountKind"];
            language: string;
            login: string;
            masked: components["schemas"]["identity.Personal"];
            permissions: components["schemas"]["Permission"][];
            posts: string[];
            roles: components["schemas"]["HeldView"][];
            unit: string;
            unit_name: components["schemas"]["Text"];
        };
        PackBody: {
            files?: components["schemas"]["casework.DeployedFile"][];
        };
        PackLine: {
            definition: number;
            deployed: string;
            id: string;
            items: components["schemas"]["packs.Item"][];
            label: string;
            title: components["schemas"]["Text"];
            version: number;
        };
        PackList: {
            items: components["schemas"]["PackLine"][];
        };
        /** @enum {string} */
        "packs.BulletinBy": "unit" | "area" | "category" | "channel";
        /** @enum {string} */
        "packs.BulletinPeriod": "month" | "quarter" | "year";
        /** @enum {string} */
        "packs.Change": "added" | "changed" | "removed";
        /** @enum {string} */
        "packs.Direction": "none" | "up" | "down";
        "packs.FieldSource": {
            field: string;
            key: string;
            kind: string;
            name: string;
        };
        "packs.Finding": {
            code: string;
            file: string;
            line: number;
            mend: components["schemas"]["Text"];
            place: string;
            severity: components["schemas"]["packs.Severity"];
            title: components["schemas"]["Text"];
        };
        "packs.Item": {
            form?: string;
            id: string;
            process: string;
            summary?: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
        };
        "packs.Manifest": {
            description: components["schemas"]["Text"];
            id: string;
            items: components["schemas"]["packs.Item"][];
            licence: string;
            messages: components["schemas"]["packs.OutsideMessage"][];
            needs: string[];
            services: components["schemas"]["packs.OutsideService"][];
            sources: string[];
            title: components["schemas"]["Text"];
            version: string;
        };
        "packs.OutsideMessage": {
            brings: string[];
            name: string;
            title: components["schemas"]["Text"];
            way: components["schemas"]["packs.Way"];
        };
        "packs.OutsideService": {
            gives: string[];
            title: components["schemas"]["Text"];
            type: string;
        };
        "packs.PackChange": {
            change: components["schemas"]["packs.Change"];
            kind: string;
            name: string;
        };
        "packs.Role": {
            exclusive_with: string[];
            id: string;
            permissions: string[];
            title: components["schemas"]["Text"];
        };
        "packs.ScorePart": {
            best: string;
            indicator: string;
            weight: number;
            worst: string;
        };
        /** @enum {string} */
        "packs.Severity": "error" | "warning";
        /** @enum {string} */
        "packs.Way": "comes" | "goes";
        PackView: {
            definition: number;
            deployed: string;
            files: string[];
            forms: string[];
            id: string;
            items: components["schemas"]["packs.Item"][];
            label: string;
            manifest: components["schemas"]["packs.Manifest"];
            registers: string[];
            roles: components["schemas"]["packs.Role"][];
            title: components["schemas"]["Text"];
            version: number;
        };
        PasswordBody: {
            current: string;
            next: string;
        };
        PasswordResetBody: {
            drop_second_factor: boolean;
            password: string;
        };
        /** @enum {string} */
        Permission: "case.start" | "case.read" | "task.work" | "task.assign" | "case.supervise" | "incident.repair" | "personal.read" | "register.read" | "register.propose" | "register.approve" | "register.publish" | "account.manage" | "role.grant" | "audit.read" | "pack.deploy" | "system.read" | "notice.read" | "search.read" | "figure.read" | "report.draft" | "report.publish" | "message.send";
        PersonalView: {
            email: string;
            id_number: string;
            name: string;
            phone: string;
        };
        PlanLine: {
            case_id: number;
            closed?: string;
            due?: string;
            first_year: number;
            id: string;
            issued?: string;
            last_year: number;
            previous: string;
            title: string;
        };
        PlanList: {
            items: components["schemas"]["PlanLine"][];
        };
        "planning.Brand": {
            area: string;
            line: number;
            name: string;
            number: string;
            section: string;
            targets: components["schemas"]["planning.Target"][];
            text: string;
            title: string;
        };
        "planning.BrandInput": {
            area: string;
            line: number;
            name: string;
            number: string;
            section: string;
            targets?: components["schemas"]["planning.TargetInput"][];
            text: string;
            title: string;
        };
        /** @enum {string} */
        "planning.Comparator": "at_least" | "more_than" | "equal" | "at_most" | "less_than";
        "planning.Deadline": {
            text: string;
            until?: string;
        };
        "planning.DeadlineInput": {
            text: string;
            until?: string;
        };
        "planning.Doubt": {
            code: string;
            line: number;
            measure: string;
            text: components["schemas"]["Text"];
        };
        "planning.DoubtInput": {
            code: string;
            line: number;
            measure: string;
            text: components["schemas"]["TextInput"];
        };
        "planning.Gap": {
            blocks: boolean;
            code: string;
            text: components["schemas"]["Text"];
        };
        "planning.Lateness": {
            code: string;
            days: number;
            part: string;
            text: components["schemas"]["Text"];
            unit: string;
        };
        "planning.Measure": {
            actions: string[];
            all_areas: boolean;
            areas: string[];
            assisting: string[];
            deadlines: components["schemas"]["planning.Deadline"][];
            leads: string[];
            line: number;
            number: string;
            section: string;
            subsection: string;
            targets: components["schemas"]["planning.Target"][];
            text: string;
            title: string;
        };
        "planning.MeasureInput": {
            actions?: string[];
            all_areas: boolean;
            areas?: string[];
            assisting?: string[];
            deadlines?: components["schemas"]["planning.DeadlineInput"][];
            leads?: string[];
            line: number;
            number: string;
            section: string;
            subsection: string;
            targets?: components["schemas"]["planning.TargetInput"][];
            text: string;
            title: string;
        };
        "planning.PlanText": {
            brands: components["schemas"]["planning.Brand"][];
            doubts: components["schemas"]["planning.Doubt"][];
            first_year?: number;
            last_year?: number;
            measures: components["schemas"]["planning.Measure"][];
            sections: components["schemas"]["planning.Section"][];
            title: string;
        };
        "planning.PlanTextInput": {
            brands?: components["schemas"]["planning.BrandInput"][];
            doubts?: components["schemas"]["planning.DoubtInput"][];
            first_year?: number;
            last_year?: number;
            measures?: components["schemas"]["planning.MeasureInput"][];
            sections?: components["schemas"]["planning.SectionInput"][];
            title: string;
        };
        "planning.Section": {
            brands: number;
            line: number;
            measures: number;
            title: string;
        };
        "planning.SectionInput": {
            brands: number;
            line: number;
            measures: number;
            title: string;
        };
        /** @enum {string} */
        "planning.Stage": "draft" | "issued" | "in_progress" | "closed" | "carried_over";
        "planning.Target": {
            comparator: components["schemas"]["planning.Comparator"];
            text: string;
            unit: string;
            until?: string;
            until_stated: boolean;
            value: string;
        };
        "planning.TargetInput": {
            comparator: components["schemas"]["planning.Comparator"];
            text: string;
            unit: string;
            until?: string;
            until_stated: boolean;
            value: string;
        };
        PlanOverview: {
            as_of: string;
            benchmarks: number;
            benchmarks_adopted: number;
            brands: number;
            carried_over: number;
            closed: number;
            draft: number;
            in_progress: number;
            incomplete: number;
            issued: number;
            late: number;
            measures: number;
            members_measures: number;
            orders: number;
            parts: number;
            plan?: components["schemas"]["PlanLine"];
            problems: number;
            problems_closed: number;
            problems_linked: number;
            progress: number;
            sections: components["schemas"]["SectionCount"][];
            targets: number;
            targets_attained: number;
        };
        Preview: {
            links: components["schemas"]["MeasureLink"][];
            plan: components["schemas"]["planning.PlanText"];
        };
        Problem: {
            causes?: components["schemas"]["ProblemCause"][];
            code: string;
            detail?: string;
            instance?: string;
            status: number;
            title: string;
            type: string;
            where?: string;
        };
        ProblemCause: {
            causes?: components["schemas"]["ProblemCause"][];
            code: string;
            detail?: string;
            title: string;
            where?: string;
        };
        ProgressBody: {
            number: number;
            phone: string;
        };
        ProgressStep: {
            due?: string;
            light?: components["schemas"]["calendar.Light"];
            name: components["schemas"]["Text"];
            unit: string;
            unit_name: components["schemas"]["Text"];
        };
        ProgressView: {
            answer?: string;
            closed?: string;
            due?: string;
            last: string;
            light?: components["schemas"]["calendar.Light"];
            may_rate: boolean;
            number: number;
            opened: string;
            phone: string;
            status: components["schemas"]["store.CaseStatus"];
            steps: components["schemas"]["ProgressStep"][];
            title: string;
            unit: string;
            unit_name: components["schemas"]["Text"];
        };
        ProofBody: {
            password: string;
        };
        ProposalBody: {
            changes?: components["schemas"]["ChangeBody"][];
            title: string;
        };
        ProposalView: {
            approver: string;
            approver_name: string;
            decided?: string;
            id: number;
            proposed: string;
            proposer: string;
            proposer_name: string;
            published?: string;
            publisher: string;
            publisher_name: string;
            reason: string;
            register_name: string;
            size: number;
            status: components["schemas"]["registry.ProposalStatus"];
            title: string;
            version: number;
        };
        Providers: {
            items: components["schemas"]["ProviderView"][];
        };
        ProviderView: {
            id: string;
            title: components["schemas"]["Text"];
        };
        PublicEntry: {
            entry: unknown;
            key: string;
            valid_from: string;
            valid_to?: string;
        };
        PurposeBody: {
            purpose: string;
        };
        RatingBody: {
            note?: string;
            number: number;
            phone: string;
            satisfaction: components["schemas"]["Satisfaction"];
            solved: boolean;
        };
        ReasonBody: {
            reason: string;
        };
        Records: {
            items: components["schemas"]["RecordView"][];
            names: {
                [key: string]: string;
            };
            next?: number;
            roles: {
                [key: string]: components["schemas"]["Text"];
            };
            units: {
                [key: string]: components["schemas"]["Text"];
            };
        };
        RecordView: {
            actor: string;
            actor_name: string;
            at: string;
            body: unknown;
            kind: string;
            model: string;
            position: number;
            sequence: number;
        };
        RefusedMeasure: {
            case_id: number;
            code: string;
            id: string;
            number: string;
            text: components["schemas"]["Text"];
            title: string;
        };
        RegisterLine: {
            filters: string[];
            is_public: boolean;
            key: string[];
            name: string;
            title: components["schemas"]["Text"];
        };
        RegisterList: {
            items: components["schemas"]["RegisterLine"][];
        };
        RegisterView: {
            filters: string[];
            is_public: boolean;
            key: string[];
            name: string;
            personal: string[];
            schema: unknown;
            source?: string;
            title: components["schemas"]["Text"];
        };
        /** @enum {string} */
        "registry.ChangeKind": "put" | "correct" | "retire";
        /** @enum {string} */
        "registry.ProposalStatus": "proposed" | "approved" | "published" | "rejected" | "withdrawn";
        "registry.RowError": {
            column: string;
            field: string;
            row: number;
            text: components["schemas"]["Text"];
        };
        /** @enum {string} */
        "registry.SheetFormat": "csv" | "xlsx";
        RemovalBody: {
            code: string;
            password: string;
        };
        /** @enum {string} */
        ReportFormat: "pdf" | "xlsx";
        ReportKind: {
            appeal_days?: number;
            bulletin: string;
            by: components["schemas"]["packs.BulletinBy"][];
            pack: string;
            period: components["schemas"]["packs.BulletinPeriod"];
            source: string;
            title: components["schemas"]["Text"];
        };
        ReportKinds: {
            items: components["schemas"]["ReportKind"][];
        };
        ReportLine: {
            bulletin: string;
            digest: string;
            drafted: string;
            edition: number;
            frozen?: string;
            id: number;
            pack: string;
            period: string;
            published?: string;
            reason: string;
            status: components["schemas"]["insight.ReportStatus"];
            title: components["schemas"]["Text"];
            version: number;
        };
        ReportView: {
            bulletin: string;
            content: components["schemas"]["insight.BulletinContent"];
            digest: string;
            drafted: string;
            drafted_by: string;
            drafted_by_name: string;
            edition: number;
            frozen?: string;
            frozen_by: string;
            frozen_by_name: string;
            id: number;
            pack: string;
            period: string;
            published?: string;
            published_by: string;
            published_by_name: string;
            reason: string;
            status: components["schemas"]["insight.ReportStatus"];
            title: components["schemas"]["Text"];
            version: number;
        };
        ResolutionBody: {
            reason: string;
            variables: Record<string, unknown>;
        };
        Responsibility: {
            duty: string;
            light?: components["schemas"]["calendar.Light"];
            measure: string;
            number: string;
            title: string;
        };
        RevealBody: {
            fields?: string[];
            purpose: string;
        };
        Revealed: {
            values: Record<string, unknown>;
        };
        RevealedEntry: {
            entry: unknown;
        };
        RoadBar: {
            case_id: number;
            closed?: string;
            from?: string;
            id: string;
            leads: string[];
            light?: components["schemas"]["calendar.Light"];
            number: string;
            parts: components["schemas"]["RoadPart"][];
            progress: number;
            section: string;
            stage: components["schemas"]["planning.Stage"];
            steps: components["schemas"]["RoadStep"][];
            title: string;
            until?: string;
        };
        Roadmap: {
            as_of: string;
            from?: string;
            items: components["schemas"]["RoadBar"][];
            until?: string;
        };
        RoadPart: {
            area: string;
            case_id: number;
            closed?: string;
            from?: string;
            light?: components["schemas"]["calendar.Light"];
            progress: number;
            task: string;
            unit: string;
            until?: string;
        };
        RoadStep: {
            passed: boolean;
            step: string;
            until?: string;
        };
        Roles: {
            items: components["schemas"]["identity.Role"][];
        };
        RowProblem: {
            causes: components["schemas"]["RowProblem"][];
            code: string;
            detail?: string;
            title: string;
            where?: string;
        };
        RowResult: {
            done?: components["schemas"]["CaseStep"];
            problem?: components["schemas"]["RowProblem"];
            status: number;
        };
        SampleBody: {
            count: number;
            filters?: {
                [key: string]: string;
            };
            register_name: string;
            stratum: string;
        };
        SampleLine: {
            as_of: string;
            count: number;
            digest: string;
            filters: {
                [key: string]: string;
            };
            number: number;
            population: number;
            register_name: string;
            seed: string;
            stratum: string;
        };
        SampleView: {
            as_of: string;
            count: number;
            digest: string;
            filters: {
                [key: string]: string;
            };
            keys: string[];
            number: number;
            population: number;
            register_name: string;
            seed: string;
            stratum: string;
            unchanged: boolean;
        };
        /** @enum {string} */
        Satisfaction: "satisfied" | "basically" | "dissatisfied";
        "search.Marked": {
            marks: components["schemas"]["search.Range"][];
            text: string;
        };
        /** @enum {string} */
        "search.Order": "newest" | "relevance";
        "search.Range": {
            begin: number;
            end: number;
        };
        SearchBody: {
            field: components["schemas"]["identity.FieldClass"];
            value: string;
        };
        SectionCount: {
            closed: number;
            late: number;
            measures: number;
            progress: number;
            title: string;
        };
        Sessions: {
            items: components["schemas"]["identity.SessionInfo"][];
        };
        SessionView: {
            account: number;
            csrf: string;
            token?: string;
        };
        SignInBody: {
            code?: string;
            keep?: components["schemas"]["Keep"];
            login: string;
            password: string;
        };
        StartCase: {
            answers: Record<string, unknown>;
            item: string;
            key?: string;
            pack: string;
        };
        /** @enum {string} */
        "store.CaseStatus": "active" | "completed" | "cancelled";
        /** @enum {string} */
        "store.TextKind": "matter" | "entry" | "guide";
        Suggestions: {
            items: components["schemas"]["SuggestionView"][];
        };
        SuggestionView: {
            id: number;
            kind: components["schemas"]["store.TextKind"];
            name: components["schemas"]["search.Marked"];
            process: string;
        };
        SurveyDraft: {
            closes: string;
            design: components["schemas"]["insight.SurveyDesignInput"];
            opens: string;
        };
        SurveyLine: {
            closes: string;
            id: number;
            opens: string;
            status: components["schemas"]["insight.SurveyStatus"];
            title: string;
            version: number;
        };
        SurveyView: {
            closes: string;
            design: components["schemas"]["insight.SurveyDesign"];
            id: number;
            invited: {
                [key: string]: number;
            };
            opens: string;
            results?: components["schemas"]["insight.SurveyResults"];
            samples: components["schemas"]["SampleLine"][];
            status: components["schemas"]["insight.SurveyStatus"];
            title: string;
            version: number;
        };
        SystemView: {
            dead_notices: number;
            engine: components["schemas"]["EngineView"];
            event_streams: number;
            log_size: number;
            now: string;
            started: string;
            version: string;
        };
        TableReport: {
            analysed: boolean;
            dead: components["schemas"]["DeadRuleView"][];
            decision: string;
            gaps: string[][];
            overlaps: components["schemas"]["OverlapView"][];
        };
        TableReports: {
            tables: components["schemas"]["TableReport"][];
        };
        TargetLine: {
            attained: boolean;
            case_id: number;
            comparator: components["schemas"]["planning.Comparator"];
            id: string;
            number: string;
            overdue: boolean;
            percent?: number;
            planned: string;
            reported?: string;
            target: number;
            text: string;
            title: string;
            unit: string;
            until?: string;
            value?: string;
        };
        TargetList: {
            as_of: string;
            items: components["schemas"]["TargetLine"][];
        };
        TaskView: {
            area: string;
            assignee: string;
            assignee_name: string;
            case_id: number;
            created: string;
            due?: string;
            due_of_case: boolean;
            light: components["schemas"]["calendar.Light"];
            name: components["schemas"]["Text"];
            node: string;
            number: number;
            person: string;
            person_name: string;
            process: string;
            role: string;
            role_title: components["schemas"]["Text"];
            title: string;
            unit: string;
            unit_name: components["schemas"]["Text"];
        };
        TaskWhole: {
            area: string;
            asks?: components["schemas"]["FormView"];
            assignee: string;
            assignee_name: string;
            case_id: number;
            created: string;
            due?: string;
            due_of_case: boolean;
            light: components["schemas"]["calendar.Light"];
            mine: boolean;
            name: components["schemas"]["Text"];
            node: string;
            number: number;
            person: string;
            person_name: string;
            process: string;
            role: string;
            role_title: components["schemas"]["Text"];
            title: string;
            unit: string;
            unit_name: components["schemas"]["Text"];
        };
        Text: {
            en: string;
            zh: string;
        };
        TextInput: {
            en: string;
            zh: string;
        };
        Timetable: {
            as_of: string;
            items: components["schemas"]["TimetableLine"][];
        };
        TimetableLine: {
            case_id: number;
            date: string;
            done: boolean;
            id: string;
            kind: components["schemas"]["DateKind"];
            number: string;
            overdue: boolean;
            text: string;
            title: string;
            unit: string;
        };
        Topics: {
            complete: boolean;
            first: string;
            items: components["schemas"]["TopicView"][];
            last: string;
        };
        TopicView: {
            area?: string;
            before: number[];
            category?: string;
            category_name?: components["schemas"]["Text"];
            count: number;
            reason: components["schemas"]["Text"];
            threshold: number;
            usual: number;
            warns: boolean;
        };
        TrialBody: {
            decision: string;
            inputs: Record<string, unknown>;
            text: string;
        };
        TryView: {
            doubts: components["schemas"]["Text"][];
            matched: number[];
            output: unknown;
        };
        UnitRow: {
            areas: number;
            assists: number;
            late: number;
            leads: number;
            measures: components["schemas"]["Responsibility"][];
            parts: number;
            unit: string;
        };
        VariablesBody: {
            reason: string;
            scope?: number;
            variables: Record<string, unknown>;
        };
        VersionLine: {
            definition: number;
            deployed: string;
            version: number;
        };
        VersionList: {
            items: components["schemas"]["VersionLine"][];
        };
        WaitingAttachment: {
            digest: string;
            expires: string;
            id: string;
            media_type: string;
            name: string;
            size: number;
            uploaded: string;
        };
        WaitingAttachments: {
            items: components["schemas"]["WaitingAttachment"][];
            limits: components["schemas"]["LimitsView"];
        };
        /** @enum {string} */
        Worklist: "mine" | "meant_for_me" | "unit" | "role" | "others";
        Written: {
            id: number;
            repeated: boolean;
            version: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
