// Made by `make api` from the server's description; never edited.
// openapi sha256: b1f149f2b5af6f5fb6d25fe70c47d95be3ebf9784bc32419bdc62cc8ee185c4a

export interface paths {
    "/api/access-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Accesses
         * @description Looks at personal data, erasures, sign-ins and failed tries, newest first. Nobody can change or remove a row.
         */
        get: operations["list_accesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Accounts
         * @description The city's accounts by name.
         */
        get: operations["list_accounts"];
        put?: never;
        /**
         * Create Account
         * @description Make an account; its password is shown this once and must be changed at the first sign-in.
         */
        post: operations["create_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Account
         * @description One account.
         */
        get: operations["get_account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Account
         * @description Change roles, title or validity.
         */
        patch: operations["change_account"];
        trace?: never;
    };
    "/api/accounts/{name}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset Password
         * @description A new password for someone who lost theirs: shown this once, to be changed; sessions and tokens end.
         */
        post: operations["reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{name}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take Second Factor Away
         * @description Take somebody's second factor away, who lost phone and recovery codes.
         */
        delete: operations["take_second_factor_away"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{name}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Account Sessions
         * @description Where somebody is signed in, newest first.
         */
        get: operations["list_account_sessions"];
        put?: never;
        post?: never;
        /**
         * End Account Sessions
         * @description Sign somebody out everywhere, at once.
         */
        delete: operations["end_account_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{name}/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End Account Session
         * @description End one of somebody's sessions.
         */
        delete: operations["end_account_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{name}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Account Tokens
         * @description Somebody's personal tokens that still hold, newest first.
         */
        get: operations["list_account_tokens"];
        put?: never;
        post?: never;
        /**
         * Revoke Account Tokens
         * @description End all of somebody's tokens.
         */
        delete: operations["revoke_account_tokens"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{name}/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke Account Token
         * @description End one of somebody's tokens.
         */
        delete: operations["revoke_account_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appraisals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Appraisals
         * @description The appraisals of the packs in force.
         */
        get: operations["list_appraisals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appraisals/{name}/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Scores
         * @description Scores, grades and ranks of a period, each part with the value that it comes of.
         */
        get: operations["get_scores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Approvals
         * @description Applications that wait for this person: for more time, to suspend, to return, to void …; most urgent first.
         */
        get: operations["list_approvals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Areas
         * @description Areas by code, without their shapes.
         */
        get: operations["list_areas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/areas/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Area
         * @description One area and how it hangs together with others.
         */
        get: operations["get_area"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/areas/{code}/geometry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Geometry
         * @description One area as a GeoJSON feature, WGS-84.
         */
        get: operations["get_geometry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/areas/at": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Area At
         * @description The smallest area around a place, all areas around it, and the road it lies at.
         */
        get: operations["area_at"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/areas/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Areas
         * @description Take in map files. What does not fit is refused with its reasons, the good rest is kept.
         */
        post: operations["import_areas"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Bulk
         * @description How far a run of one's own has come.
         */
        get: operations["get_bulk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Bulk Items
         * @description What came of each row, in order, with the reason where it was refused.
         */
        get: operations["list_bulk_items"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Work Calendar
         * @description What is due where: periods of plans that are not done, records that expire, ends of clocks. This week.
         */
        get: operations["get_work_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Calendars
         * @description The city's calendars with their hours, and the roles that follow each.
         */
        get: operations["list_calendars"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendars/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put Calendar
         * @description Set the hours of a calendar from a day on, for good; days before keep theirs.
         */
        put: operations["put_calendar"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendars/deadline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deadline
         * @description When a limit that starts then is over, counted as the clocks of cases count. Changes nothing.
         */
        post: operations["deadline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendars/holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Holidays
         * @description Days that official arrangements change: off, or worked in exchange.
         */
        get: operations["list_holidays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendars/holidays/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Holidays
         * @description Take over an official arrangement: all of it, or nothing with every error.
         */
        post: operations["import_holidays"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendars/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Assign Roles
         * @description Say which calendar the clocks of roles follow; roles that are not named stay. Answers with all of them.
         */
        put: operations["assign_roles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Campaigns
         * @description Campaigns, the latest first.
         */
        get: operations["list_campaigns"];
        put?: never;
        /**
         * Open Campaign
         * @description A new campaign.
         */
        post: operations["open_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Campaign
         * @description One campaign with its figures, before and after compared, and its log.
         */
        get: operations["get_campaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Campaign
         * @description What it is about, otherwise.
         */
        patch: operations["change_campaign"];
        trace?: never;
    };
    "/api/campaigns/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close Campaign
         * @description Its end with a summary; the figures of this day are kept with it.
         */
        post: operations["close_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Campaign Items
         * @description What falls under it of a kind, one by one, the newest first, at most 500.
         */
        get: operations["list_campaign_items"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Link To Campaign
         * @description Something belongs to it whatever its rule says.
         */
        post: operations["link_to_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post To Campaign
         * @description A line of its log.
         */
        post: operations["post_to_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/unlink": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unlink From Campaign
         * @description It does not.
         */
        post: operations["unlink_from_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Cases
         * @description Cases, newest first; any filters together, one name several times is any of its values.
         */
        get: operations["list_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Case
         * @description One case by id or number: data, legs, clocks, masked texts of its reports, who answers, open actions.
         */
        get: operations["get_case"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act On Case
         * @description Do something with a case; which actions are open, and what they need, `GET /api/cases/{id}` tells.
         */
        post: operations["act_on_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Case Duplicates
         * @description Cases and reports that may be the same problem as a case, the likeliest first, with why.
         */
        get: operations["list_case_duplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Case Events
         * @description The timeline of a case; `as_of` gives it as it was known then.
         */
        get: operations["list_case_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Case Media
         * @description Photos of a case by phase and as pairs, with time, position and distance; `alike` warns of photos used twice.
         *
         *     Needs `media.read` as well. Where a reporter's photo was taken needs `case.read_personal`.
         */
        get: operations["list_case_media"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tag Case
         * @description Put tags on a case, also a closed one, and take others away; what is there already changes nothing.
         */
        post: operations["tag_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act On Cases
         * @description One action on all cases of a filter: each has a result of its own; large runs go on in the worker.
         */
        post: operations["act_on_cases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Cases
         * @description Cases as a file, with codes, titles and every time stamp.
         */
        get: operations["export_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Categories
         * @description Categories by key; of one standard, kind or class.
         */
        get: operations["list_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Classes
         * @description Classes of all standards, in order.
         */
        get: operations["list_classes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/conditions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Conditions
         * @description Filing conditions of a category on a day: its own, then those under mapped keys.
         *
         *     With an area class those for it and those for all; without one every variant.
         */
        get: operations["list_conditions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/conditions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Conditions
         * @description Import a table of filing conditions. Rows that cannot be taken are told with their reasons.
         */
        post: operations["import_conditions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/one": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Category
         * @description One category and what it is to others. A wrong key is answered with the nearest ones.
         */
        get: operations["get_category"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search Categories
         * @description Categories by name in either language, code or key: exact ones first, then those that contain the text.
         */
        get: operations["search_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories/sets/{standard_set}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close Set
         * @description End every condition of a set, when another set takes its place.
         */
        post: operations["close_set"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/checklists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Checklists
         * @description The checklists in force, with their items, and how many inspections of each there are by state.
         */
        get: operations["list_checklists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cockpit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cockpit
         * @description Today's intake, open and late cases, units' rates, hot spots; each number with the list of its records.
         */
        get: operations["cockpit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Comparison Of
         * @description What units, streets, communities or categories had to do in a period; each number with its list.
         */
        get: operations["comparison_of"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/comparison/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Comparison
         * @description The same as a file.
         */
        get: operations["export_comparison"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List To Dispatch
         * @description What waits for this person to be sent to a unit, most urgent first, with whom the duty matrix names.
         */
        get: operations["list_to_dispatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Documents
         * @description Documents, the last changed first; what is not published only to those who work on documents.
         */
        get: operations["list_documents"];
        put?: never;
        /**
         * Draft Document
         * @description A new document.
         */
        post: operations["draft_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Document
         * @description One document with all that is known of it.
         */
        get: operations["get_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Document
         * @description What is given otherwise, as a version of its own; only of a draft.
         */
        patch: operations["change_document"];
        trace?: never;
    };
    "/api/documents/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve Document
         * @description One step of its approval, by the role that it waits for; nobody approves what they wrote.
         */
        post: operations["approve_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Document Versions
         * @description What became of one of its versions in another, by paragraph; of a revision also against what it replaces.
         */
        get: operations["compare_document_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Discard Document
         * @description One that is not published is given up by who wrote it.
         */
        post: operations["discard_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Document Events
         * @description Its history: who did what, and when.
         */
        get: operations["list_document_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/print": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Print Document
         * @description The page for paper, A4, in the layout of its template.
         */
        get: operations["print_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish Document
         * @description Number it and put it in force; what it revises is replaced.
         */
        post: operations["publish_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/revise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revise Document
         * @description A draft that will replace it; the answer is the draft.
         */
        post: operations["revise_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke Document
         * @description In force no longer from today on; it keeps its number.
         */
        post: operations["revoke_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/send-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send Document Back
         * @description To who wrote it.
         */
        post: operations["send_document_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit Document
         * @description To those who approve it.
         */
        post: operations["submit_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Document Versions
         * @description The texts that it had, in order, the last 100; to readers the one that was published.
         */
        get: operations["list_document_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Document Kinds
         * @description The kinds of document in force, each with its fields and how many there are by state.
         */
        get: operations["list_document_kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Duties
         * @description Rows of the matrix by number.
         */
        get: operations["list_duties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duties/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Duty Board
         * @description The matrix as a grid: classes or categories × areas, who answers in each, what is open and what is a tie.
         */
        get: operations["duty_board"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duties/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check Duties
         * @description Gaps, overlaps and dead rows over all categories × grids, grouped. Takes seconds in a large city.
         */
        get: operations["check_duties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duties/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Drafts
         * @description Drafts that stand.
         */
        get: operations["list_drafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duties/drafts/{draft}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Drop Draft
         * @description Give a draft up.
         */
        delete: operations["drop_draft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duties/drafts/{draft}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adopt Draft
         * @description Put a draft in force from a day on: what it has not ends the day before, what it has stays as it is.
         */
        post: operations["adopt_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duties/drafts/{draft}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Dry Run
         * @description What a draft would have done with the cases of a time.
         */
        get: operations["dry_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duties/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Duties
         * @description The matrix as a file that can be edited and imported again.
         */
        get: operations["export_duties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duties/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Duties
         * @description Take a table of duty rows: wholly, or not at all with every error.
         */
        post: operations["import_duties"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duties/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Resolve Duties
         * @description Who answers for a category at a place, for each duty kind, and why.
         */
        get: operations["resolve_duties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/duty-cards/missing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Missing Fixings
         * @description What duty grids lack of the six fixings: person, time, post, duty, standard, reward and penalty.
         */
        get: operations["missing_fixings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Entries Of Thing
         * @description Entries of all ledgers about one thing, the newest day first.
         */
        get: operations["list_entries_of_thing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Entry
         * @description One entry with all that is known of it.
         */
        get: operations["get_entry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entries/{id}/counter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Counter Entry
         * @description Take an entry back, once; with `instead` the right one is made in the same step.
         */
        post: operations["counter_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/external-results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List External Results
         * @description Ranks and scores that others decided, the latest first.
         */
        get: operations["list_external_results"];
        put?: never;
        /**
         * Keep External Result
         * @description A new one; 409 when it is kept already, so that none counts twice.
         */
        post: operations["keep_external_result"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/external-results/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get External Result
         * @description One of them.
         */
        get: operations["get_external_result"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/external-results/{id}/correct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Correct External Result
         * @description A new version of it, with a reason.
         */
        post: operations["correct_external_result"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/external-results/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List External Result Events
         * @description Its versions: what it said, and why it was corrected.
         */
        get: operations["list_external_result_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/external-results/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw External Result
         * @description It was kept by mistake.
         */
        post: operations["withdraw_external_result"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/field/bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Field Bundle
         * @description Grids, categories and tasks, to work on without a network; with `If-None-Match` 304 while nothing has changed.
         */
        get: operations["field_bundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/field/carried/{part}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Field Carried
         * @description A part of what the lines of business need without a network: `forms`, `names`, `work`, `near` (`lon`, `lat`).
         */
        get: operations["field_carried"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/field/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Field Coverage
         * @description How much of each of one's duty grids one has passed today, or on another day.
         */
        get: operations["field_coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/field/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Track
         * @description Where one has been oneself, or somebody else has, up to 20,000 positions in order.
         */
        get: operations["get_track"];
        put?: never;
        /**
         * Keep Track
         * @description Positions of one's phone while on duty; repeats and late ones do no harm.
         */
        post: operations["keep_track"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell Figure
         * @description The value of a figure for a period, for the rules that look at it; may be told again.
         */
        post: operations["tell_figure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Filters
         * @description One's own filters and those shared with one's roles.
         */
        get: operations["list_filters"];
        put?: never;
        /**
         * Save Filter
         * @description Keep a filter; a list then takes it as `filter=<id>`.
         */
        post: operations["save_filter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Drop Filter
         * @description Take a filter of one's own away, for all it was shared with.
         */
        delete: operations["drop_filter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Findings
         * @description What rules have raised, the newest first.
         */
        get: operations["list_findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/findings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Finding
         * @description One of them.
         */
        get: operations["get_finding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/findings/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss Finding
         * @description There was nothing to be done.
         */
        post: operations["dismiss_finding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/findings/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Settle Finding
         * @description What was to be done is done.
         */
        post: operations["settle_finding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/findings/{id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take Finding
         * @description Look after it.
         */
        post: operations["take_finding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Imports
         * @description One's own imports, newest first.
         */
        get: operations["list_imports"];
        put?: never;
        /**
         * Send Import
         * @description Send a file in; it is looked into, and nothing is taken in yet.
         */
        post: operations["send_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Import
         * @description How far an import of one's own has come.
         */
        get: operations["get_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Import
         * @description Stop before the next batch of rows; what came in stays. While all rows are looked at: stop that.
         */
        post: operations["cancel_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check Import
         * @description Look at all rows; nothing is kept. What would become of them is told by `preview` once the state is `checked`.
         */
        post: operations["check_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look Into Import
         * @description What the file holds: columns with samples, a guess which field each is, a kept mapping that fits.
         */
        get: operations["look_into_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview Import
         * @description What would become of all rows, some of each fate shown; 404 until they were looked at.
         */
        get: operations["preview_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/rejected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Rejected
         * @description The rows that were not taken in, with their reasons; mended, the file is imported as it is.
         */
        get: operations["get_rejected"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Import
         * @description Take the file in; good rows come in, bad ones are kept as a file with their reasons.
         */
        post: operations["start_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try Import
         * @description What would become of the first 200 rows, each with all that is wrong in it; nothing is kept.
         */
        post: operations["try_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Mappings
         * @description Mappings kept in the city for a target, by title.
         */
        get: operations["list_mappings"];
        put?: never;
        /**
         * Keep Mapping
         * @description Keep a mapping for the next file of the same form, in the place of one with this title.
         */
        post: operations["keep_mapping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/mappings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Drop Mapping
         * @description Keep a mapping no more.
         */
        delete: operations["drop_mapping"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Import Targets
         * @description What this person may bring tables into.
         */
        get: operations["list_import_targets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Import Template
         * @description An empty table to be filled in: a column for each field, and what goes into it.
         */
        get: operations["get_import_template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Inbox
         * @description What waits for this person, most urgent first, with the actions open now and what each needs.
         */
        get: operations["inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Inbox
         * @description What waits for this person, most urgent first.
         */
        get: operations["export_inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/indicators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Indicators
         * @description The indicators of the packs in force.
         */
        get: operations["list_indicators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/indicators/{name}/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Figures
         * @description What an indicator says of a period, whole or in parts.
         */
        get: operations["get_figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/indicators/{name}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Records Of Figure
         * @description The records behind one side of a figure: all are counted and digested, the first are told.
         */
        get: operations["list_records_of_figure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Inspections
         * @description Inspections that this person sees, the latest first.
         */
        get: operations["list_inspections"];
        put?: never;
        /**
         * Make Inspection
         * @description A new inspection; with `findings` and `finish` all of it at once, as a phone sends it that had no network.
         */
        post: operations["make_inspection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Inspection
         * @description An inspection: findings, deductions, what must be put right.
         */
        get: operations["get_inspection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspections/{id}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drop Inspection
         * @description Begun by mistake: it counts nowhere.
         */
        post: operations["drop_inspection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspections/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Inspection Events
         * @description Its history.
         */
        get: operations["list_inspection_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspections/{id}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add Finding
         * @description Something that was found; of an item with choices, which one.
         */
        post: operations["add_finding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspections/{id}/findings/{n}/take-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take Finding Back
         * @description A finding that was none.
         */
        post: operations["take_finding_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspections/{id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish Inspection
         * @description The score, and what must be put right.
         */
        post: operations["finish_inspection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspections/{id}/rectifications/{n}/recheck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recheck
         * @description An inspector of another organisation has looked again; where it failed a new deadline runs.
         */
        post: operations["recheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspections/{id}/rectifications/{n}/rectified": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rectify
         * @description The unit has put something right.
         */
        post: operations["rectify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspections/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Inspections
         * @description Inspections that this person sees as a file, 50,000 at most.
         */
        get: operations["export_inspections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Jobs
         * @description Jobs, newest first.
         */
        get: operations["list_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/repeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Repeat Job
         * @description A dead job is tried anew, from its first attempt; refused (`not_now`) as long as it is not dead.
         */
        post: operations["repeat_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ledgers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Ledgers
         * @description The ledgers in force, each with its fields, how many entries it has and what they add up to.
         */
        get: operations["list_ledgers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ledgers/{ledger}/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Balances
         * @description What is in each store at the end of a day.
         */
        get: operations["list_balances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ledgers/{ledger}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Entries
         * @description Entries of a ledger, the newest day first.
         */
        get: operations["list_entries"];
        put?: never;
        /**
         * Enter
         * @description A new entry. It is never changed; a mistake gets a counter-entry.
         */
        post: operations["enter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ledgers/{ledger}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Entries
         * @description Entries of a ledger as a file.
         */
        get: operations["export_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ledgers/{ledger}/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take Stock
         * @description What was counted in a store; the difference to what should be there is entered with its reason.
         */
        post: operations["take_stock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ledgers/{ledger}/sums": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Sums
         * @description What entries add up to, by period and by what they have in common.
         */
        get: operations["list_sums"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe List
         * @description States, actions, clocks and fields of reports or cases with their titles, by the procedure in force.
         */
        get: operations["describe_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow
         * @description What changes for whoever asks, as it changes: `task`, `changed`, `notice`; `reset` says: read everything anew.
         */
        get: operations["follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Map Areas
         * @description Areas of one kind as GeoJSON, WGS-84, with few corners; the ETag stays as long as they do.
         */
        get: operations["map_areas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Map Cases
         * @description Cases with a place as binary columns, the 200,000 newest of those that this person sees.
         */
        get: operations["map_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/cases/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Map Case
         * @description The case behind a point: the line that the list shows of it.
         */
        get: operations["map_case"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/cases/{z}/{x}/{y}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Map Tile
         * @description The cases of a Web Mercator tile in the same form; more than 5,000 of them as squares with their numbers.
         */
        get: operations["map_tile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/map/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count Drawn
         * @description The numbers of a drawn area: cases by state, category, unit and colour, and how long handling took.
         */
        post: operations["count_drawn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Me
         * @description Who is signed in, what they may, where they work, what is due first; and what of the server a console needs.
         */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change Password
         * @description Choose a password; ends all other sessions.
         */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Second Factor
         * @description Whether one has a second factor.
         */
        get: operations["get_second_factor"];
        put?: never;
        /**
         * Begin Second Factor
         * @description A secret for an authenticator, shown once; it counts once a code of it has come back.
         */
        post: operations["begin_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm Second Factor
         * @description Put the second factor in force by its first code; recovery codes are shown this once.
         */
        post: operations["confirm_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/second-factor/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End Second Factor
         * @description Do without a second factor, by a code of it; wrong ones are counted as at sign-in.
         */
        post: operations["end_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Sessions
         * @description Where one is signed in, newest first.
         */
        get: operations["my_sessions"];
        put?: never;
        post?: never;
        /**
         * End My Other Sessions
         * @description Sign out everywhere else.
         */
        delete: operations["end_my_other_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End My Session
         * @description End one of one's own sessions.
         */
        delete: operations["end_my_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Tokens
         * @description One's own tokens that still hold, newest first.
         */
        get: operations["my_tokens"];
        put?: never;
        /**
         * Make Token
         * @description Make a token; its text is shown this once.
         */
        post: operations["make_token"];
        /**
         * Revoke My Tokens
         * @description End all of one's own tokens, the one that asks among them.
         */
        delete: operations["revoke_my_tokens"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke Token
         * @description End one of one's own tokens.
         */
        delete: operations["revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload Media
         * @description Send in a photo. The same file once more changes nothing and answers 200 with the same id.
         */
        post: operations["upload_media"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Media
         * @description A photo (JPEG of at most 2,048 pixels, or its thumbnail) or a recording, for whom may read what names it.
         */
        get: operations["get_media"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin Upload
         * @description Begin an upload of so many bytes; `Location` tells where its parts go. `filename` is all that is read of
         *     `Upload-Metadata`. A second upload of the same file gives the same photo in the end.
         */
        post: operations["begin_upload"];
        delete?: never;
        /**
         * Describe Uploads
         * @description What of tus is understood here.
         */
        options: operations["describe_uploads"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Upload
         * @description How far an upload has come, and its photo once it is complete.
         */
        get: operations["get_upload"];
        put?: never;
        /**
         * Append Upload By Post
         * @description The same for networks that let no PATCH through.
         */
        post: operations["append_upload_by_post"];
        /**
         * End Upload
         * @description Give an upload up. A photo that is complete stays.
         */
        delete: operations["end_upload"];
        options?: never;
        /**
         * Locate Upload
         * @description Where to go on: `Upload-Offset`.
         */
        head: operations["locate_upload"];
        /**
         * Append Upload
         * @description The bytes from an offset on. With the last of them the file is looked at: 422 tells why it is not taken.
         *
         *     What comes before a connection breaks is kept. `Upload-Media` of the last answer is the photo's id.
         */
        patch: operations["append_upload"];
        trace?: never;
    };
    "/api/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find Named
         * @description Records by key or name, cases by number, proceedings and documents by number or title: those that one sees.
         */
        get: operations["find_named"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Notices
         * @description What one was told, newest first.
         */
        get: operations["list_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Addresses
         * @description Where one is told besides the inbox.
         */
        get: operations["list_addresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/addresses/{way}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put Address
         * @description One wants to be told there from now on.
         */
        put: operations["put_address"];
        post?: never;
        /**
         * Drop Address
         * @description One wants to be told there no more.
         */
        delete: operations["drop_address"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read Notices
         * @description One has read these notices, or all up to a moment; answers how many are left.
         */
        post: operations["read_notices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Notice Rules
         * @description The notices of the packs in force, and the ways out of this installation.
         */
        get: operations["list_notice_rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count Unread
         * @description How many notices one has not read.
         */
        get: operations["count_unread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Packs
         * @description The packs in force by name, and whether they agree with one another.
         */
        get: operations["list_packs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/packs/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Pack
         * @description One pack in force: what it declares, and everything that a check finds.
         */
        get: operations["get_pack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Plans
         * @description The plans in force, and how the running period of each stands.
         */
        get: operations["list_plans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/{plan}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Plan
         * @description One plan with its targets and parts.
         */
        get: operations["get_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/{plan}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Plan Done
         * @description What was done in some days, one by one, the newest first, at most 500.
         */
        get: operations["list_plan_done"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/{plan}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Plan Events
         * @description Its history: targets set, periods that ended, what was missed.
         */
        get: operations["list_plan_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/{plan}/parts/{part}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move Plan Part
         * @description How far a part of a task tree is.
         */
        post: operations["move_plan_part"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/{plan}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Plan Progress
         * @description Expected against done by period and by key, and what was missed; whole periods.
         *
         *     Without days: the running year, or four weeks of what comes round daily or weekly.
         */
        get: operations["get_plan_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/{plan}/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set Plan Target
         * @description Another target or frequency from a day on; the pack's own stands where nobody says otherwise.
         */
        post: operations["set_plan_target"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Posts
         * @description Posts that active people hold on a day, by person and role.
         */
        get: operations["list_posts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/proceedings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Proceedings
         * @description Proceedings that this person may see, the newest first, or what is due first.
         */
        get: operations["list_proceedings"];
        put?: never;
        /**
         * Begin Proceeding
         * @description Begin one: fields as `GET /api/proceedings/procedures` tells them.
         */
        post: operations["begin_proceeding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/proceedings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Proceeding
         * @description One with its data, clocks, side tracks, counts of its children, and what this person may do.
         */
        get: operations["get_proceeding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/proceedings/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act On Proceeding
         * @description Do something with it; which actions are open, and what they need, `GET /api/proceedings/{id}` tells.
         */
        post: operations["act_on_proceeding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/proceedings/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Proceeding Events
         * @description Its timeline in words.
         */
        get: operations["list_proceeding_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/proceedings/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act On Proceedings
         * @description The same action on up to 200, each on its own; what became of each, in their order.
         */
        post: operations["act_on_proceedings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/proceedings/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count Proceedings
         * @description How many there are of a filter, by procedure and state.
         */
        get: operations["count_proceedings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/proceedings/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Proceeding Procedures
         * @description The procedures in force whose subject is neither report nor case, and how this person may begin each.
         */
        get: operations["list_proceeding_procedures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/proceedings/rounds/{procedure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Daily Round
         * @description The round of a day: how many were asked, answered, missed, and who has not answered.
         */
        get: operations["get_daily_round"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Queues
         * @description What waits for this person besides their inbox, in rooms that have turns of their own; no empty ones.
         */
        get: operations["list_queues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Record
         * @description One record with all that is known of it.
         */
        get: operations["get_record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Record
         * @description Fields otherwise; those not given stay.
         */
        patch: operations["change_record"];
        trace?: never;
    };
    "/api/records/{id}/change-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask For Change
         * @description Ask whoever keeps the record to change it.
         */
        post: operations["ask_for_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/change-requests/{n}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve Change Request
         * @description The change is made; 409 when what it touches was changed in between.
         */
        post: operations["approve_change_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/change-requests/{n}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse Change Request
         * @description It is not.
         */
        post: operations["refuse_change_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/change-requests/{n}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw Change Request
         * @description Whoever asked does not ask any more.
         */
        post: operations["withdraw_change_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/dossier": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dossier
         * @description The file of one thing: what rooms have to say of it, as far as this person may see it.
         */
        get: operations["get_dossier"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Record Events
         * @description Its history: who changed what, and when.
         */
        get: operations["list_record_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge Record
         * @description Two records of one thing: this one ends, the other goes on and is the answer.
         */
        post: operations["merge_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move Record
         * @description Into another state.
         */
        post: operations["move_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/stretches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Stretches
         * @description What records tell of stretches of a line, each with its part, not the whole line; 200 of each register.
         */
        get: operations["list_stretches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/change-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Change Requests
         * @description Records with change requests that this person decides on, the longest waiting first.
         */
        get: operations["list_change_requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Registers
         * @description The registers in force, each with its fields and how many records it has by state.
         */
        get: operations["list_registers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registers/{register}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Records
         * @description Records as a file: every field that is not personal, in columns that an import knows again.
         */
        get: operations["export_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registers/{register}/keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Record By Key
         * @description The record that is called so in the world: what a code on a label opens.
         */
        get: operations["get_record_by_key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registers/{register}/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Print Labels
         * @description Labels of the records of a filter, to print: A4 sheets of 24 with name, key and a QR code; at most 480.
         *
         *     The code opens the thing's page under the installation's `XIUHUA_PUBLIC_URL`, or else as this request was sent to.
         */
        get: operations["print_labels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registers/{register}/length": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Measure Stretches
         * @description How many metres records of a register cover along lines, each metre counted once; of a register with `along`.
         */
        get: operations["measure_stretches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registers/{register}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move Records
         * @description Many records into another state: those chosen, or those of the filter, 500 at a time; each by itself.
         */
        post: operations["move_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registers/{register}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Records
         * @description Records by key. Of a register that is told as numbers only: those that this person keeps.
         */
        get: operations["list_records"];
        put?: never;
        /**
         * Add Record
         * @description A new record.
         */
        post: operations["add_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registers/{register}/tiles/{z}/{x}/{y}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Map Records
         * @description The records of a Web Mercator tile as binary columns; more than 10,000 of them as squares with their numbers.
         */
        get: operations["map_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/repeats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Repeats
         * @description What was reported again and again in a period, most first.
         */
        get: operations["list_repeats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Reports
         * @description Reports, newest first; any filters together.
         */
        get: operations["list_reports"];
        put?: never;
        /**
         * Submit Report
         * @description Send in one report. A repeat of (source, external_id) changes nothing and answers 200.
         *
         *     With `then` the sender acts on it at once, as an operator does who accepts what is told on the telephone.
         *     What a machine tells again of something that has an open report is counted onto that, and answers 200. With
         *     `advice` the receipt of a new report says what is suggested for it, and what it may be a duplicate of.
         */
        post: operations["submit_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Report
         * @description One report with its masked text, how often the like came in, and what this person may do with it.
         */
        get: operations["get_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act On Report
         * @description Do something with a report: accept, refuse, join, answer, forward, place, verify, call back.
         */
        post: operations["act_on_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{id}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Report Duplicates
         * @description Cases and reports that may be the same problem as a report, the likeliest first, with why.
         */
        get: operations["list_report_duplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Report Events
         * @description The timeline of a report; `as_of` gives it as it was known then.
         */
        get: operations["list_report_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{id}/suggestion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Suggestion
         * @description The same for a report that came in: what its officer is proposed, with how sure it is and why.
         */
        get: operations["get_suggestion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tag Report
         * @description Put tags on a report and take others away.
         */
        post: operations["tag_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{id}/unmask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unmask Report
         * @description The reporter's text and contact as they are; the look and its reason are written down.
         */
        post: operations["unmask_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit Reports
         * @description Send in up to 1,000 reports; each gets its receipt, the good ones are kept.
         */
        post: operations["submit_reports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act On Reports
         * @description One action on all reports of a filter.
         */
        post: operations["act_on_reports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Reports
         * @description Reports as a file; texts and contacts only where asked for, unmasked only with permission and reason.
         */
        get: operations["export_reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Roles
         * @description Every role with what it permits.
         */
        get: operations["list_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rosters/{plan}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Roster
         * @description Turns of some days (this week), who came, where too few are planned, who is planned twice.
         */
        get: operations["get_roster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rosters/{plan}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plan Turns
         * @description Rows of a table; each with what became of it. The same turn twice is one.
         */
        post: operations["plan_turns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rosters/turns/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Turn
         * @description A turn falls out, with a reason.
         */
        post: operations["cancel_turn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rosters/turns/{id}/swap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Swap Turn
         * @description Another person takes a turn, or two turns change hands, with a reason.
         */
        post: operations["swap_turn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Rounds
         * @description Rounds, the latest first.
         */
        get: operations["list_rounds"];
        put?: never;
        /**
         * Open Round
         * @description A round over all things, some, or some drawn at random; with inspectors drawn for each where asked for.
         */
        post: operations["open_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rounds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Round
         * @description A round: what is done, what is missing.
         */
        get: operations["get_round"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rounds/{id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Answers
         * @description What was answered to each item with choices: shares, and the mean of the points.
         */
        get: operations["get_answers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rounds/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close Round
         * @description What is not finished by now is missed; the scores are kept as they are.
         */
        post: operations["close_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rounds/{id}/ranking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Ranking
         * @description Who stands where, and how that changed since the round before; red and black list.
         */
        get: operations["get_ranking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rounds/{id}/ranking/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Ranking
         * @description The same as a file.
         */
        get: operations["export_ranking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Rules
         * @description The rules in force, and how many findings of each wait for a person.
         */
        get: operations["list_rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rules/{name}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Try Rule
         * @description What a rule would have raised from a day to a day, both inclusive; changes nothing.
         */
        get: operations["try_rule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search
         * @description Texts of reports and cases that hold all the words, newest first; what is found is shown masked.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search Contact
         * @description All reports of one contact, exactly; the look and its reason are written down.
         */
        post: operations["search_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Hits
         * @description Texts that hold all the words, masked.
         */
        get: operations["export_hits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell Ways In
         * @description How one signs in here; for the page that asks strangers for their name.
         */
        get: operations["tell_ways_in"];
        put?: never;
        /**
         * Sign In
         * @description Sign in: opens a session and sets its cookie. Wrong names and wrong passwords look alike.
         *
         *     `second_factor_needed` says that the password fits and `code` is wanted as well.
         */
        post: operations["sign_in"];
        /**
         * Sign Out
         * @description Sign out: ends this session.
         */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin Provider Sign In
         * @description To the provider; 404 where none is set up. `city` where several cities know the name.
         */
        get: operations["begin_provider_sign_in"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finish Provider Sign In
         * @description Back from the provider: opens a session for the account that the provider's person has.
         */
        get: operations["finish_provider_sign_in"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/oidc/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End Provider Session
         * @description Sign out here, and learn where to sign out of the provider.
         */
        post: operations["end_provider_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Settings
         * @description What the installation and the city have chosen, with help; never a secret.
         */
        get: operations["list_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shifts/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge Handover
         * @description Take a handover over; not one's own.
         */
        post: operations["acknowledge_handover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shifts/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shift Board
         * @description Who is on duty in one's areas: where, since when, the last sign, and what waits for them.
         */
        get: operations["shift_board"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shifts/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End Shift
         * @description Go off duty.
         */
        post: operations["end_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shifts/handover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand Over Shift
         * @description Leave what stands open to the next shift leader, with a note.
         */
        post: operations["hand_over_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shifts/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Handovers
         * @description The newest handovers of one's areas.
         */
        get: operations["list_handovers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shifts/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Shift
         * @description The turn that one is in.
         */
        get: operations["my_shift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shifts/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Shift
         * @description Go on duty; who is on duty already stays so, and is answered 200.
         */
        post: operations["start_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suggest
         * @description Category, filing condition, unit, deadline, urgency and likely duplicates of something not sent in yet.
         */
        post: operations["suggest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Units
         * @description Units of a day by code.
         */
        get: operations["list_units"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Unit
         * @description One unit and where it stands.
         */
        get: operations["get_unit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/{code}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People Of Unit
         * @description Who is on the staff of a unit, or holds a post at its desk, with their posts; of one role.
         */
        get: operations["people_of_unit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/import/{what}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Units
         * @description Take a table of units, people, posts, time bands or duty cards: wholly, or not at all with every error.
         */
        post: operations["import_units"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Unit Tree
         * @description All units of a day as a tree: those at the top, each with what stands below.
         */
        get: operations["unit_tree"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Webhooks
         * @description Other systems that are told, by age, and those that were; at most twenty stand at once.
         */
        get: operations["list_webhooks"];
        put?: never;
        /**
         * Add Webhook
         * @description Another system is told from now on; the secret that signs what is sent is shown this once.
         */
        post: operations["add_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Stop Webhook
         * @description It is told no more.
         */
        delete: operations["stop_webhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health
         * @description The process is alive.
         */
        get: operations["health_health_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ready
         * @description The database answers and is migrated; 503 when not, and while the process is stopping.
         *
         *     `worker` tells whether one was heard of within a minute: `ok`, `silent` or `never`; it does not decide.
         */
        get: operations["ready_ready_get"];
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
    schemas: {
        /**
         * AboutOut
         * @description Of what it is.
         */
        AboutOut: {
            /** Id */
            id: string;
            /** Kind */
            kind: string;
        };
        /**
         * AccessOut
         * @description A look at something personal, an erasure, a sign-in or a failed try.
         */
        AccessOut: {
            /**
             * Actor
             * @description person code
             * @example P0012
             */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Subject
             * @example report/0195a1b2-0000-7000-8000-000000000001
             */
            subject: string;
            /**
             * What
             * @example unmask
             */
            what: string;
            /**
             * Why
             * @description the reason given; of a sign-in, address and browser
             */
            why: string;
        };
        /**
         * AccountChange
         * @description What is not given stays.
         */
        AccountChange: {
            /** Roles */
            roles?: string[] | null;
            /** Title */
            title?: string | null;
            /**
             * Valid
             * @description false ends sessions and tokens at once
             */
            valid?: boolean | null;
        };
        /**
         * AccountIn
         * @description An account to be made; a password is generated.
         */
        AccountIn: {
            /**
             * Name
             * @example dispatcher01
             */
            name: string;
            /**
             * Person
             * @example P0012
             */
            person: string;
            /**
             * Roles
             * @description held over the whole city; those at a unit or in an area are posts
             */
            roles?: string[];
            /**
             * Title
             * @description the person's name as colleagues see it
             * @default
             */
            title?: string;
        };
        /**
         * AccountOut
         * @description An account.
         */
        AccountOut: {
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Must Change Password */
            must_change_password: boolean;
            /**
             * Name
             * @example dispatcher01
             */
            name: string;
            /**
             * Person
             * @example P0012
             */
            person: string;
            /** Roles */
            roles: string[];
            /** Title */
            title: string;
            /** Valid */
            valid: boolean;
            /** Version */
            version: number;
        };
        /**
         * ActionForm
         * @description An action: its fields, its reason where it goes back, the track instance, when it was done.
         */
        ActionForm: {
            /**
             * At
             * @description when it was done, if earlier than now
             */
            at?: string | null;
            /**
             * Fields
             * @default {}
             * @example {
             *       "unit": "roads"
             *     }
             */
            fields?: {
                [key: string]: unknown;
            };
            /**
             * N
             * @description number of the track instance
             */
            n?: number | null;
            /** Reason */
            reason?: string | null;
            /** @description place and time by the device; kept with the event */
            witness?: components["schemas"]["WitnessForm"] | null;
        };
        /**
         * ActionOut
         * @description An action that this person may take now.
         */
        ActionOut: {
            /** Action */
            action: string;
            /** N */
            n: number | null;
            /** Needs */
            needs: {
                [key: string]: unknown;
            };
            /** Reason Needed */
            reason_needed: boolean;
            /** Role */
            role: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * ActionWordOut
         * @description An action of the procedure: who may take it at all, and the types of what it asks for.
         */
        ActionWordOut: {
            /**
             * Name
             * @example filed
             */
            name: string;
            /**
             * Roles
             * @example [
             *       "shift_leader"
             *     ]
             */
            roles: string[];
            /**
             * Title
             * @example {
             *       "en": "To be dispatched",
             *       "zh": "待派遣"
             *     }
             */
            title: {
                [key: string]: string;
            };
            /**
             * Types
             * @example [
             *       "filing_condition",
             *       "text"
             *     ]
             */
            types: string[];
        };
        /**
         * AddressForm
         * @description An address.
         */
        AddressForm: {
            /**
             * Address
             * @example wang@example.org
             */
            address: string;
        };
        /**
         * AddressOut
         * @description Where one is told besides the inbox.
         */
        AddressOut: {
            /** Address */
            address: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /**
             * Way
             * @enum {string}
             */
            way: "mail" | "sms" | "wechat";
        };
        /**
         * AdoptForm
         * @description From when a draft is in force.
         */
        AdoptForm: {
            /**
             * On
             * Format: date
             * @example 2027-01-01
             */
            on: string;
        };
        /**
         * AlikeOut
         * @description An earlier photo of a finished work that looks the same.
         */
        AlikeOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Bits */
            bits: number;
            /** Case */
            case: string | null;
            /** Id */
            id: string;
        };
        /**
         * AlongOut
         * @description A record that tells something of a stretch of a line.
         */
        AlongOut: {
            /** Called */
            called: string;
            /** Id */
            id: string;
            /** Key */
            key: string;
            /** Register Name */
            register_name: string;
            /** Register Title */
            register_title: {
                [key: string]: string;
            };
            /** State Title */
            state_title: {
                [key: string]: string;
            };
            stretch: components["schemas"]["StretchOut"];
        };
        /**
         * AnswerOut
         * @description Who has one kind of duty.
         */
        AnswerOut: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "regulate" | "handle" | "enforce" | "maintain";
            /**
             * Rows
             * @description the row that decided, or all that quarrel
             */
            rows: components["schemas"]["DutyOut"][];
            /**
             * Unit
             * @example roads
             */
            unit: string | null;
            /** Unit Name */
            unit_name: string | null;
            /**
             * Why
             * @description which row, and what of it fitted
             */
            why: {
                [key: string]: string;
            };
            /**
             * Word
             * @description `nobody`: by rule; `gap`: no row answers; `tie`: several units answer alike
             * @enum {string}
             */
            word: "unit" | "nobody" | "gap" | "tie";
        };
        /**
         * AnswersOut
         * @description What was answered to an item with choices.
         */
        AnswersOut: {
            /** Answers */
            answers: number;
            /** Item */
            item: string;
            /**
             * Mean
             * @description mean of the points, two places
             */
            mean: string | null;
            /** Shares */
            shares: components["schemas"]["ShareOut"][];
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * AppraisalOut
         * @description Scores of units, people or areas, as a pack declares them.
         */
        AppraisalOut: {
            /** Every */
            every: string;
            /** Grades */
            grades: components["schemas"]["GradeOut"][];
            /**
             * Name
             * @example unit_appraisal
             */
            name: string;
            /**
             * Of
             * @description who is appraised: a dimension of its indicators
             * @example unit
             */
            of: string;
            /** Pack */
            pack: string;
            /** Parts */
            parts: components["schemas"]["AppraisalPartOut"][];
            /** Source */
            source: string | null;
            /** Title */
            title: {
                [key: string]: string;
            };
            /** Version */
            version: number;
        };
        /**
         * AppraisalPartOut
         * @description One indicator of an appraisal.
         */
        AppraisalPartOut: {
            /** Indicator */
            indicator: string;
            /** Name */
            name: string;
            /**
             * Score
             * @enum {string}
             */
            score: "value" | "inverse" | "bands";
            /** Weight */
            weight: string;
        };
        /**
         * AppraisedOut
         * @description Everybody's scores for a period, the best first.
         */
        AppraisedOut: {
            appraisal: components["schemas"]["AppraisalOut"];
            /** As Of */
            as_of: string | null;
            period: components["schemas"]["SpanOut"];
            /** Scores */
            scores: components["schemas"]["xiuhua__insight__forms__ScoreOut"][];
        };
        /**
         * ApprovalOut
         * @description An application that waits for this person's verdict; `actions` tell what the verdict may be.
         */
        ApprovalOut: {
            /** Actions */
            actions: components["schemas"]["ActionOut"][];
            asked: components["schemas"]["AskedOut"] | null;
            /** Brakes */
            brakes: components["schemas"]["BrakeOut"][];
            /**
             * Called
             * @description of a proceeding: what it is about
             */
            called?: string | null;
            /** Category */
            category: string | null;
            /** Category Title */
            category_title: {
                [key: string]: string;
            } | null;
            /**
             * Clocks
             * @description of the case: how much time is left without it
             */
            clocks: components["schemas"]["ClockOut"][];
            /** Due */
            due: string | null;
            /**
             * External Id
             * @description of a report: its id in its source, by which people call it
             */
            external_id?: string | null;
            /** Id */
            id: string;
            /**
             * Item
             * @description what is asked for
             * @example {
             *       "amount": 4,
             *       "kind": "work_hour"
             *     }
             */
            item: {
                [key: string]: unknown;
            };
            /** Kind */
            kind: string;
            /** Late */
            late: boolean;
            /**
             * Light
             * @description of the clock by which it is due
             */
            light?: ("green" | "yellow" | "red") | null;
            /** N */
            n: number | null;
            /** Number */
            number: string;
            /**
             * Procedure
             * @example city_case
             */
            procedure: string;
            /** Role */
            role: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** State */
            state: string;
            /** State Title */
            state_title: {
                [key: string]: string;
            };
            titles: components["schemas"]["TitlesOut"];
            /** Track */
            track: string;
            /** Track Title */
            track_title: {
                [key: string]: string;
            };
            /**
             * Unit
             * @description that handles the case
             */
            unit: string | null;
            /** Unit Grid */
            unit_grid: string | null;
            /** Unit Title */
            unit_title: {
                [key: string]: string;
            } | null;
            /** Version */
            version: number;
        };
        /**
         * ApprovalStepOut
         * @description One step of its approval.
         */
        ApprovalStepOut: {
            /** At */
            at: string | null;
            /**
             * By
             * @description null: not yet
             */
            by: string | null;
            /** Name */
            name: string | null;
            /** Role */
            role: string;
        };
        /**
         * AreaAt
         * @description What a place lies in.
         */
        AreaAt: {
            /** @description the smallest one */
            area: components["schemas"]["AreaDetail"];
            /** @description the nearest road segment within `road_m` metres */
            road: components["schemas"]["RoadOut"] | null;
            /**
             * Scopes
             * @description every area around it, the smallest first
             * @example [
             *       "990101001",
             *       "990101"
             *     ]
             */
            scopes: string[];
        };
        /**
         * AreaDetail
         * @description An area and how it hangs together with others.
         */
        AreaDetail: {
            /**
             * Ancestors
             * @description from itself up to the city
             * @example [
             *       "990101001",
             *       "990101"
             *     ]
             */
            ancestors: string[];
            /**
             * Area Class
             * @description its own management class; null: that of the area around it
             */
            area_class: ("A" | "B" | "C") | null;
            /**
             * Children
             * @description directly below; of a duty grid its unit grids
             */
            children: string[];
            /**
             * Class Here
             * @description management class that holds here, inherited if need be
             */
            class_here: ("A" | "B" | "C") | null;
            /**
             * Code
             * @example 990101001001001
             */
            code: string;
            /**
             * Datum
             * @description of the file it came from
             * @example cgcs2000
             */
            datum: string;
            /**
             * Duty Grid
             * @description of a unit grid
             */
            duty_grid: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "city" | "district" | "street" | "community" | "unit_grid" | "duty_grid" | "road_segment";
            /**
             * Lat
             * @example 29.1045
             */
            lat: number;
            /**
             * Lon
             * @description of a point in it, WGS-84
             * @example 105.3123
             */
            lon: number;
            /**
             * Name
             * @example 春燕社区
             */
            name: string;
            /**
             * Parent
             * @example 990101001001
             */
            parent: string | null;
            /**
             * Sides
             * @description of a road segment: the sides that belong to it
             */
            sides: ("L" | "R" | "both") | null;
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
            /**
             * Valid To
             * @description last day, inclusive; null: open
             */
            valid_to: string | null;
        };
        /**
         * AreaImportOut
         * @description What an import came to: new + changed + unchanged + rejected are all features.
         */
        AreaImportOut: {
            /** Changed */
            changed: number;
            /** Closed */
            closed: number;
            /**
             * Derived
             * @description duty grids drawn anew because a unit grid of theirs changed
             */
            derived: number;
            /**
             * Findings
             * @description errors first, then how the areas fit together
             */
            findings: components["schemas"]["xiuhua__city__areas__forms__FindingOut"][];
            /** New */
            new: number;
            /** Rejected */
            rejected: number;
            /** Unchanged */
            unchanged: number;
        };
        /**
         * AskedOut
         * @description Who applied, and why.
         */
        AskedOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Name */
            name: string;
            /** Person */
            person: string;
            /** Reason */
            reason: string | null;
            /** Role */
            role: string;
        };
        /**
         * AskForm
         * @description A change that whoever keeps the record must approve.
         */
        AskForm: {
            /**
             * At
             * @description when it was asked for, if earlier than now
             */
            at?: string | null;
            /**
             * External Id
             * @description what its sender calls it: a repeat changes nothing
             */
            external_id?: string | null;
            /** Fields */
            fields?: {
                [key: string]: unknown;
            };
            /**
             * Photos
             * @description ids of photos sent in before that show why
             */
            photos?: string[];
            /**
             * Place
             * @example {
             *       "datum": "gcj02",
             *       "lat": 29.1045,
             *       "lon": 105.3123
             *     }
             */
            place?: {
                [key: string]: unknown;
            } | null;
            /**
             * Seen
             * @description the version that was looked at: 409 when what it touches was changed since
             */
            seen?: number | null;
            /**
             * Shape
             * @description of registers of lines and polygons: a GeoJSON geometry, `datum` beside its coordinates
             * @example {
             *       "coordinates": [
             *         [
             *           105.3123,
             *           29.1045
             *         ],
             *         [
             *           105.3135,
             *           29.1051
             *         ]
             *       ],
             *       "type": "LineString"
             *     }
             */
            shape?: {
                [key: string]: unknown;
            } | null;
            /**
             * To
             * @description the state it should go to
             */
            to?: string | null;
            /** Why */
            why: string;
            /** @description place and time by the device; kept with the event */
            witness?: components["schemas"]["WitnessForm"] | null;
        };
        /**
         * BalanceOut
         * @description What is in a store at the end of a day.
         */
        BalanceOut: {
            /** Called */
            called: string | null;
            /** Fields */
            fields: {
                [key: string]: string;
            };
            /**
             * Last
             * Format: date
             * @description when something last came or went
             */
            last: string;
            /** Quantity */
            quantity: string;
            /**
             * Store
             * @description opaque; for the next page
             */
            store: string;
            /** Thing */
            thing: string | null;
            /** Thing Key */
            thing_key: string | null;
        };
        /**
         * BandOut
         * @description A grade.
         */
        BandOut: {
            /** At Least */
            at_least: string;
            /** Name */
            name: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * BaseMap
         * @description Tiles that a browser fetches by itself; nothing of it passes through the server.
         */
        BaseMap: {
            /**
             * Attribution
             * @default
             */
            attribution?: string;
            /**
             * Datum
             * @description of the tiles: over gcj02 and bd09 our own layers are shifted before they are drawn
             * @default wgs84
             * @enum {string}
             */
            datum?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
            /**
             * Max Zoom
             * @default 18
             */
            max_zoom?: number;
            /** Title */
            title: string;
            /**
             * Url
             * @description with {z}, {x}, {y}
             * @example https://…/{z}/{x}/{y}.png
             */
            url: string;
        };
        /**
         * BeginForm
         * @description A proceeding to begin: the procedure, its fields, and what it is about or a child of.
         */
        BeginForm: {
            about?: components["schemas"]["ThingForm"] | null;
            /**
             * Action
             * @description how it begins; default: the first way that there is
             */
            action?: string | null;
            /**
             * Fields
             * @example {
             *       "title": "…",
             *       "unit": "sanitation"
             *     }
             */
            fields?: {
                [key: string]: unknown;
            };
            /** @description a proceeding, by its subject and id */
            parent?: components["schemas"]["ThingForm"] | null;
            /**
             * Procedure
             * @example task
             */
            procedure: string;
            /** Reason */
            reason?: string | null;
        };
        /**
         * BehindOut
         * @description A record behind a figure.
         */
        BehindOut: {
            /**
             * Adds
             * @description a number, or the value whose kinds are counted
             * @example 1
             */
            adds: string;
            /** Id */
            id: string;
            /**
             * Part
             * @description which leg, clock run or track of it; empty: the record itself
             */
            part: string;
            /**
             * Path
             * @description where it is read, by whoever may
             * @example /api/cases/0195a1b2
             */
            path: string | null;
        };
        /**
         * BehindsOut
         * @description The records of one table behind one side of a figure.
         */
        BehindsOut: {
            /** Count */
            count: number;
            /**
             * Digest
             * @description SHA-256 over `id part value` of each record, a line for one
             */
            digest: string;
            /**
             * Records
             * @description the first of them, by id
             */
            records: components["schemas"]["BehindOut"][];
            /**
             * Sum
             * @description what they add up to; those of all tables together make the figure's side
             */
            sum: string;
            /**
             * Table
             * @example subject.case.leg
             */
            table: string;
        };
        /**
         * BesideOut
         * @description A value beside that of another period.
         */
        BesideOut: {
            /**
             * Change Percent
             * @description of counts and sums only
             */
            change_percent: string | null;
            /**
             * Difference
             * @description percentage points where the indicator is told in percent
             */
            difference: string | null;
            period: components["schemas"]["SpanOut"];
            /** Value */
            value: string | null;
        };
        /**
         * BoardArea
         * @description A column of the board.
         */
        BoardArea: {
            /**
             * Below
             * @description whether there are smaller areas in it to look into
             */
            below: boolean;
            /**
             * Code
             * @example 990101001
             */
            code: string;
            /**
             * Kind
             * @example street
             */
            kind: string;
            /** Name */
            name: string;
        };
        /**
         * BoardCell
         * @description Who answers in one row and area; parts are categories × grids.
         */
        BoardCell: {
            /**
             * Gaps
             * @description parts for which no row answers
             */
            gaps: number;
            /**
             * More
             * @description further units that are not named
             */
            more: number;
            /**
             * Ties
             * @description parts for which several units answer alike
             */
            ties: number;
            /**
             * Units
             * @description units with the parts each answers for, the most first; `-`: nobody, by rule
             * @example [
             *       [
             *         "roads",
             *         120
             *       ]
             *     ]
             */
            units: [
                string,
                number
            ][];
        };
        /**
         * BoardOut
         * @description A line of the board: somebody on duty.
         */
        BoardOut: {
            /**
             * Areas
             * @description duty grids and other areas of the posts; none: the whole city
             */
            areas: string[];
            /**
             * Ended At
             * @description null: on duty
             */
            ended_at: string | null;
            /**
             * Id
             * @example 0195a1b2-0000-7000-8000-000000000001
             */
            id: string;
            /** Lat */
            lat: number | null;
            /** Late */
            late: number;
            /** Lon */
            lon: number | null;
            /** Name */
            name: string;
            /** Person */
            person: string;
            /** Role */
            role: string;
            /**
             * Seen At
             * Format: date-time
             * @description the last sign: start, position or end
             */
            seen_at: string;
            /**
             * Silent S
             * @description since the last sign
             */
            silent_s: number;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /**
             * Tasks
             * @description that wait for this very person
             */
            tasks: number;
        };
        /**
         * BoardRow
         * @description A class, or a category of the class asked for.
         */
        BoardRow: {
            /** Categories */
            categories: number;
            /**
             * Cells
             * @description one for each area, in their order
             */
            cells: components["schemas"]["BoardCell"][];
            /**
             * Key
             * @example GB/T 47678.5/matter/06
             */
            key: string;
            /** Name */
            name: string;
            /** Name En */
            name_en: string;
        };
        /** Body_import_areas */
        Body_import_areas: {
            /**
             * Close Missing
             * @description close areas of these kinds that no file holds
             * @default false
             */
            close_missing?: boolean;
            /**
             * Datum
             * @description of the coordinates; default: as the file says
             */
            datum?: ("wgs84" | "cgcs2000" | "gcj02" | "bd09") | null;
            /**
             * Encoding
             * @description of the attributes, e.g. GB18030
             */
            encoding?: string | null;
            /**
             * Files
             * @description GeoJSON, GeoPackage, Shapefile (all parts, or a zip), CSV
             */
            files: string[];
            /**
             * Kind
             * @description of all features; default: the column `kind` tells
             */
            kind?: ("city" | "district" | "street" | "community" | "unit_grid" | "duty_grid" | "road_segment") | null;
            /**
             * Strict
             * @description take nothing when anything is refused
             * @default false
             */
            strict?: boolean;
            /**
             * Valid From
             * @description the day from which changes hold; default: today
             */
            valid_from?: string | null;
        };
        /** Body_import_conditions */
        Body_import_conditions: {
            /**
             * Dry Run
             * @description only tell
             * @default false
             */
            dry_run?: boolean;
            /**
             * File
             * @description CSV, TSV or XLSX; columns in the first row that holds their names
             */
            file: string;
            /**
             * Plan
             * @description a JSON object that says how to read the table: docs/how-to/categories.md
             * @example {"set": "example-2024", "standard": "GB/T 30428.2", "plain_hour": "urgent_hour"}
             */
            plan: string;
            /**
             * Valid From
             * @description first day of rows that name none, and of what changes; default: today
             */
            valid_from?: string | null;
        };
        /** Body_import_duties */
        Body_import_duties: {
            /**
             * Close Vanished
             * @description what the file does not hold ends the day before `valid_from`
             * @default false
             */
            close_vanished?: boolean;
            /**
             * Draft
             * @description the draft it goes into; empty: in force
             * @default
             */
            draft?: string;
            /**
             * File
             * @description CSV, TSV or XLSX; columns in the first row that holds their names
             */
            file: string;
            /**
             * Valid From
             * @description first day of rows that name none, and of what changes; default: today
             */
            valid_from?: string | null;
        };
        /** Body_import_holidays */
        Body_import_holidays: {
            /**
             * Announced
             * @description years that are official now; default: those with ten days off or more
             */
            announced?: number[] | null;
            /**
             * File
             * @description CSV with the columns date, kind (holiday or workday), name
             */
            file: string;
            /**
             * Replace
             * @description days of these years that the file does not hold are withdrawn
             * @default false
             */
            replace?: boolean;
        };
        /** Body_import_units */
        Body_import_units: {
            /**
             * Close Vanished
             * @description what the file does not hold ends the day before `valid_from`
             * @default false
             */
            close_vanished?: boolean;
            /**
             * File
             * @description CSV, TSV or XLSX; columns in the first row that holds their names
             */
            file: string;
            /**
             * Valid From
             * @description first day of rows that name none, and of what changes; default: today
             */
            valid_from?: string | null;
        };
        /** Body_send_import */
        Body_send_import: {
            /**
             * File
             * @description CSV, TSV, XLSX, XLS or ODS; GeoJSON into a register
             */
            file: string;
        };
        /** Body_upload_media */
        Body_upload_media: {
            /**
             * File
             * @description one photo: JPEG, PNG or WebP; a recording where they are taken
             */
            file: string;
        };
        /**
         * BrakeOut
         * @description What keeps an application from being asked or granted without end.
         */
        BrakeOut: {
            /**
             * Most
             * @example 1
             */
            most: unknown;
            /**
             * Title
             * @example {
             *       "en": "Extensions of this unit",
             *       "zh": "本单位已延期次数"
             *     }
             */
            title: {
                [key: string]: string;
            };
            /**
             * Used
             * @example 0
             */
            used: unknown;
        };
        /**
         * BulkForm
         * @description One action on all rows of a filter, or on chosen ones.
         */
        BulkForm: {
            /**
             * Action
             * @example dispatch
             */
            action: string;
            /** Fields */
            fields?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "category": [],
             *       "field": [],
             *       "light": [],
             *       "outcome": [],
             *       "source": [],
             *       "state": [],
             *       "tag": [],
             *       "unit": []
             *     }
             */
            filter?: components["schemas"]["FilterForm"];
            /**
             * Only
             * @description ids, no filter
             */
            only?: string[] | null;
            /** Reason */
            reason?: string | null;
            /**
             * Saved
             * @description id of a saved filter, under `filter`
             */
            saved?: string | null;
        };
        /**
         * BulkItemOut
         * @description What came of one row.
         */
        BulkItemOut: {
            /** Code */
            code: string | null;
            /** Ordinal */
            ordinal: number;
            /**
             * Status
             * @enum {string}
             */
            status: "waiting" | "done" | "refused";
            /** Subject */
            subject: string;
            /** Version */
            version: number | null;
            /** Why */
            why: string | null;
        };
        /**
         * BulkOut
         * @description A bulk run and how far it has come.
         */
        BulkOut: {
            /** Action */
            action: string;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Done */
            done: number;
            /** Ended At */
            ended_at: string | null;
            /** Filter */
            filter: {
                [key: string]: unknown;
            };
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Refused */
            refused: number;
            /** Total */
            total: number;
        };
        /**
         * CalendarIn
         * @description The hours of a calendar from a day on.
         */
        CalendarIn: {
            /**
             * Calendar
             * @description as docs/how-to/calendars.md shows it; `code` is that of the path
             */
            calendar: {
                [key: string]: unknown;
            };
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
        };
        /**
         * CalendarOut
         * @description A calendar.
         */
        CalendarOut: {
            /**
             * Announced Through
             * @description last year whose arrangement is known; later deadlines are provisional
             */
            announced_through: number;
            /**
             * Code
             * @example office
             */
            code: string;
            /**
             * Digest
             * @description of everything its deadlines depend on
             */
            digest: string;
            /** Follows Holidays */
            follows_holidays: boolean;
            /** Name */
            name: string;
            /**
             * Roles
             * @description roles whose clocks follow it
             */
            roles: string[];
            /**
             * Versions
             * @description `from`, `to` and the written form of each
             */
            versions: {
                [key: string]: unknown;
            }[];
            /**
             * Zone
             * @example Asia/Shanghai
             */
            zone: string;
        };
        /**
         * CampaignForm
         * @description A campaign: days, areas, units, goals, and the rule by which things fall under it.
         */
        CampaignForm: {
            /** Areas */
            areas?: string[];
            /**
             * At
             * @description moment of a case that counts
             * @default opened
             */
            at?: string;
            /**
             * Categories
             * @description of cases: how theirs begin
             */
            categories?: string[];
            /**
             * First
             * Format: date
             */
            first: string;
            /** Goals */
            goals?: components["schemas"]["GoalForm"][];
            /**
             * Kinds
             * @description what it groups
             */
            kinds?: string[];
            /**
             * Last
             * Format: date
             */
            last: string;
            /**
             * Names
             * @description of a kind only these: ledgers, checklists, procedures, registers, kinds of documents
             * @example {
             *       "ledger": [
             *         "street_order"
             *       ]
             *     }
             */
            names?: {
                [key: string]: string[];
            };
            /**
             * Tags
             * @description of cases: any of these
             */
            tags?: string[];
            /** Title */
            title: string;
            /** Units */
            units?: string[];
        };
        /**
         * CampaignLineOut
         * @description A campaign in a list.
         */
        CampaignLineOut: {
            /** Areas */
            areas: string[];
            /**
             * First
             * Format: date
             */
            first: string;
            /** Id */
            id: string;
            /**
             * Last
             * Format: date
             */
            last: string;
            /**
             * State
             * @example open
             * @example closed
             */
            state: string;
            /** Title */
            title: string;
            /** Units */
            units: string[];
            /** Version */
            version: number;
        };
        /**
         * CampaignOut
         * @description A campaign with its figures: as they are now while it is open, as they were when it was closed.
         */
        CampaignOut: {
            /** Areas */
            areas: string[];
            /** At */
            at: string;
            /** Categories */
            categories: string[];
            /**
             * Counts
             * @description kind → during, before, after: as many days each; null: not yet come
             */
            counts: {
                [key: string]: {
                    [key: string]: number | null;
                };
            };
            /** Days */
            days: number;
            /**
             * First
             * Format: date
             */
            first: string;
            /** Goals */
            goals: {
                [key: string]: unknown;
            }[];
            /** Id */
            id: string;
            /** Kinds */
            kinds: string[];
            /**
             * Labels
             * @description what areas and units are called, by code
             */
            labels: {
                [key: string]: string;
            };
            /**
             * Last
             * Format: date
             */
            last: string;
            /** Links */
            links: {
                [key: string]: string;
            }[];
            /** May Keep */
            may_keep: boolean;
            /** Names */
            names: {
                [key: string]: string[];
            };
            /** Posts */
            posts: components["schemas"]["CampaignPostOut"][];
            /**
             * State
             * @example open
             * @example closed
             */
            state: string;
            /** Summary */
            summary: string | null;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
            /** Units */
            units: string[];
            /** Version */
            version: number;
        };
        /**
         * CampaignPatch
         * @description What shall be otherwise; the rest stays.
         */
        CampaignPatch: {
            /** Areas */
            areas?: string[] | null;
            /** At */
            at?: string | null;
            /** Categories */
            categories?: string[] | null;
            /** First */
            first?: string | null;
            /** Goals */
            goals?: components["schemas"]["GoalForm"][] | null;
            /** Kinds */
            kinds?: string[] | null;
            /** Last */
            last?: string | null;
            /** Names */
            names?: {
                [key: string]: string[];
            } | null;
            /** Tags */
            tags?: string[] | null;
            /** Title */
            title?: string | null;
            /** Units */
            units?: string[] | null;
        };
        /**
         * CampaignPostOut
         * @description A line of the log.
         */
        CampaignPostOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By */
            by: string;
            /** Name */
            name: string;
            /** Photos */
            photos: string[];
            /** Text */
            text: string;
        };
        /**
         * CaseMediaOut
         * @description All photos of a case, and how they belong together.
         */
        CaseMediaOut: {
            /** Pairs */
            pairs: components["schemas"]["PairOut"][];
            /** Photos */
            photos: components["schemas"]["PhotoOut"][];
        };
        /**
         * CaseOut
         * @description The case behind a point.
         */
        CaseOut: {
            /** Case Id */
            case_id?: string | null;
            /** Category */
            category: string | null;
            /** Category Title */
            category_title?: {
                [key: string]: string;
            } | null;
            /** Closed At */
            closed_at?: string | null;
            /** Due */
            due?: string | null;
            /** External Id */
            external_id?: string | null;
            /** Filed At */
            filed_at?: string | null;
            /** Handed Back At */
            handed_back_at?: string | null;
            /** Id */
            id: string;
            /** Lat */
            lat: number | null;
            /** Lon */
            lon: number | null;
            /** Number */
            number?: string | null;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Outcome */
            outcome?: string | null;
            /** Overdue */
            overdue?: boolean | null;
            /** Source */
            source: string | null;
            /** State */
            state: string;
            /** State Title */
            state_title: {
                [key: string]: string;
            };
            /** Suspended */
            suspended?: boolean | null;
            /**
             * Tags
             * @default []
             */
            tags?: string[];
            titles?: components["schemas"]["TitlesOut"] | null;
            /** Unit */
            unit?: string | null;
            /** Unit Grid */
            unit_grid: string | null;
            /** Version */
            version: number;
        };
        /**
         * CategoryDetail
         * @description A category and what it is to others.
         */
        CategoryDetail: {
            /**
             * Also
             * @description other names under which cities list it
             */
            also: string[];
            /**
             * Class Code
             * @example 08
             */
            class_code: string;
            /** Class Name */
            class_name: string;
            /** Class Name En */
            class_name_en: string;
            /**
             * Code
             * @example 08014
             */
            code: string;
            /**
             * Family
             * @description keys under which its filing conditions and duties may stand
             */
            family: string[];
            /**
             * Fault
             * @description of a part: the matter that is its fault
             */
            fault: string | null;
            /**
             * Key
             * @description what names it everywhere
             * @example GB/T 47678.5/matter/08014
             */
            key: string;
            /**
             * Kind
             * @description `part` or `matter`
             * @example matter
             */
            kind: string;
            /** Mappings */
            mappings: components["schemas"]["MappingOut"][];
            /** Name */
            name: string;
            /** Name En */
            name_en: string;
            /**
             * Newest
             * @description key of what it became in the newest standard; its own when it stayed
             */
            newest: string;
            /**
             * Part
             * @description of a matter: the part whose fault it is
             */
            part: string | null;
            /** Source */
            source: string;
            /**
             * Standard
             * @example GB/T 47678.5
             */
            standard: string;
            /**
             * Status
             * @description whether its standard is the one in force
             * @example in_force
             */
            status: string;
            /**
             * Trust
             * @description how sure the row is: G public file, C city's document, P page, I inferred, R recalled
             */
            trust: string;
        };
        /**
         * CellOut
         * @description A key in a period.
         */
        CellOut: {
            /** Done */
            done: string;
            /** Expected */
            expected: string;
            /**
             * First
             * Format: date
             */
            first: string;
            /** Key */
            key: string;
            /**
             * Last
             * Format: date
             */
            last: string;
            /** Period */
            period: string;
            /**
             * Standing
             * @example ahead
             * @example running
             * @example done
             * @example late
             * @example missed
             */
            standing: string;
            /** Title */
            title: string;
        };
        /**
         * ChangeOut
         * @description What would stand otherwise.
         */
        ChangeOut: {
            /** After */
            after: {
                [key: string]: string;
            };
            /** Before */
            before: {
                [key: string]: string;
            };
            /** Field */
            field: {
                [key: string]: string;
            };
        };
        /**
         * ChangeRequestOut
         * @description A change that was asked for.
         */
        ChangeRequestOut: {
            /** Before */
            before: {
                [key: string]: unknown;
            };
            /** By */
            by: string;
            /** By Name */
            by_name: string;
            /** Decided By */
            decided_by?: string | null;
            /** Decided By Name */
            decided_by_name?: string | null;
            /** N */
            n: number;
            /** Photos */
            photos: string[];
            /** Refusal */
            refusal?: string | null;
            /** Set */
            set: {
                [key: string]: unknown;
            };
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /**
             * State
             * @example asked
             * @example approved
             * @example refused
             * @example withdrawn
             */
            state: string;
            /** To */
            to: string | null;
            /** Why */
            why: string;
        };
        /**
         * ChecklistOut
         * @description A checklist as a pack declares it.
         */
        ChecklistOut: {
            /** Bands */
            bands: components["schemas"]["BandOut"][];
            /** Base */
            base: string;
            /** Black */
            black: string | null;
            /**
             * Counts
             * @description inspections by state
             */
            counts: {
                [key: string]: number;
            };
            /**
             * Inspects
             * @example record
             * @example area
             * @example unit
             * @example place
             */
            inspects: string;
            /** Items */
            items: components["schemas"]["ItemOut"][];
            /** Name */
            name: string;
            /**
             * Of
             * @description the register or area kind
             */
            of: string | null;
            /** Own */
            own: boolean;
            /**
             * Pack
             * @description digest of the version in force
             */
            pack: string;
            /** Parties */
            parties: components["schemas"]["PartyOut"][];
            /** Points Back */
            points_back: number;
            /** Rectify Within */
            rectify_within: string | null;
            /** Red */
            red: string | null;
            /** Scale */
            scale: string | null;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * CheckOut
         * @description What a check of all categories × grids found.
         */
        CheckOut: {
            /** Categories */
            categories: number;
            /** Dead */
            dead: components["schemas"]["DeadOut"][];
            /** Gaps */
            gaps: components["schemas"]["xiuhua__city__duties__forms__FindingOut"][];
            /** Grids */
            grids: number;
            /**
             * In Order
             * @description no gap, no overlap, no dead row
             */
            in_order: boolean;
            /**
             * On
             * Format: date
             */
            on: string;
            /** Overlaps */
            overlaps: components["schemas"]["xiuhua__city__duties__forms__FindingOut"][];
            /**
             * Shadowed
             * @description in order, but more specific rows decide everywhere
             */
            shadowed: components["schemas"]["DutyOut"][];
        };
        /**
         * ChildrenOut
         * @description How many children one has; those that are late go on.
         */
        ChildrenOut: {
            /** All */
            all: number;
            /** Done */
            done: number;
            /** Late */
            late: number;
            /** Open */
            open: number;
        };
        /**
         * ChoiceOut
         * @description An answer to choose from.
         */
        ChoiceOut: {
            /** Fails */
            fails: boolean;
            /** Name */
            name: string;
            /** Score */
            score: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * ChosenOut
         * @description A setting of a procedure, chosen by the city.
         */
        ChosenOut: {
            /** Default */
            default: unknown;
            help: components["schemas"]["Words"] | null;
            /** Name */
            name: string;
            /** Of */
            of: string[] | null;
            /**
             * Procedure
             * @example city_case
             */
            procedure: string;
            procedure_title: components["schemas"]["Words"];
            title: components["schemas"]["Words"];
            /** Type */
            type: string;
            /** Value */
            value: unknown;
        };
        /**
         * ClassOut
         * @description A class of a standard.
         */
        ClassOut: {
            /**
             * Code
             * @example 08
             */
            code: string;
            /**
             * Kind
             * @example matter
             */
            kind: string;
            /** Name */
            name: string;
            /** Name En */
            name_en: string;
            /**
             * Size
             * @description number of categories in it
             */
            size: number;
            /**
             * Standard
             * @example GB/T 47678.5
             */
            standard: string;
        };
        /**
         * ClockOut
         * @description A clock: when it is due, and how it stands.
         */
        ClockOut: {
            /**
             * Due
             * Format: date-time
             */
            due: string;
            /**
             * Light
             * @enum {string}
             */
            light: "green" | "yellow" | "red";
            /** Name */
            name: string;
            /** Provisional */
            provisional: boolean;
            /**
             * Started
             * Format: date-time
             */
            started: string;
            /** State */
            state: string;
        };
        /**
         * CloseForm
         * @description The summary.
         */
        CloseForm: {
            /** Summary */
            summary: string;
        };
        /**
         * ClosingForm
         * @description From when a set no longer holds.
         */
        ClosingForm: {
            /**
             * Last Day
             * Format: date
             * @description the last day on which it holds
             * @example 2026-12-31
             */
            last_day: string;
        };
        /**
         * CockpitOut
         * @description The board of the day, as this person sees the city; up to five seconds old.
         */
        CockpitOut: {
            /**
             * Hot Spots
             * @description reports of the last 7 days; null without `report.read`
             */
            hot_spots: components["schemas"]["HotSpot"][] | null;
            /** @description reports of today by source; null without `report.read` */
            intake: components["schemas"]["Numbers"] | null;
            late: components["schemas"]["Late"];
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /** @description of all units in the last 30 days; null when nothing was handed back */
            on_time: components["schemas"]["OnTime"] | null;
            /** @description cases that have not ended, by state */
            open: components["schemas"]["Numbers"];
            /**
             * Rates
             * @description of the last 30 days, the lowest first
             */
            rates: components["schemas"]["Rate"][];
            /**
             * Trend
             * @description the last 30 days, today the last
             */
            trend: components["schemas"]["Day"][];
        };
        /**
         * CodeIn
         * @description A code of the second factor, or a recovery code.
         */
        CodeIn: {
            /**
             * Code
             * @example 492039
             */
            code: string;
        };
        /**
         * CodesOut
         * @description Which calendars changed.
         */
        CodesOut: {
            /** Changed */
            changed: string[];
        };
        /**
         * ColumnOut
         * @description A column of the file.
         */
        ColumnOut: {
            /**
             * Letter
             * @example C
             */
            letter: string;
            /**
             * Samples
             * @description the first contents, what is personal masked
             */
            samples: string[];
            /** Title */
            title: string;
            /**
             * Words
             * @description its different contents where they are few: for a table of values
             */
            words: string[];
        };
        /**
         * Compared
         * @description What one of several compared had to do.
         */
        Compared: {
            /**
             * Code
             * @description empty: all together, with those that belong to none
             */
            code: string;
            /** @description cases handed back in the period */
            handed_back: components["schemas"]["Counts"];
            /** @description of those, late; `on_time` and `late` make `handed_back` */
            late: components["schemas"]["Counts"];
            /** @description past their moment now, and not handed back */
            late_now: components["schemas"]["Counts"];
            /**
             * Median Handling S
             * @description of those handed back: by the wall clock, from start to stop
             */
            median_handling_s: number | null;
            /** @description of those, on time */
            on_time: components["schemas"]["Counts"];
            /** @description cases opened in the period */
            opened: components["schemas"]["Counts"];
            /**
             * Percent
             * @description on time of handed back, two decimals; null when nothing was
             */
            percent: number | null;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * ComparisonOut
         * @description Units, streets, communities or categories beside each other; counts of records, no scores.
         */
        ComparisonOut: {
            /**
             * By
             * @enum {string}
             */
            by: "unit" | "street" | "community" | "category";
            /**
             * First
             * Format: date
             */
            first: string;
            /**
             * Last
             * Format: date
             */
            last: string;
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /**
             * Rows
             * @description the lowest rate first
             */
            rows: components["schemas"]["Compared"][];
            total: components["schemas"]["Compared"];
        };
        /**
         * ConditionImportOut
         * @description What became of a table of filing conditions: every row was read or rejected.
         */
        ConditionImportOut: {
            /** Changed */
            changed: number;
            /**
             * Ended
             * @description kept until now, and not in the table any more
             */
            ended: number;
            /**
             * Errors
             * @description file, row, field, why
             */
            errors: {
                [key: string]: unknown;
            }[];
            /**
             * Findings
             * @description every flag: file, row, field, code, why
             */
            findings: {
                [key: string]: unknown;
            }[];
            /**
             * Flags
             * @description rows by why a person should look at them
             */
            flags: {
                [key: string]: number;
            };
            /** New */
            new: number;
            /** New Categories */
            new_categories: number;
            /**
             * Rejected
             * @description rows not taken; `errors` says why
             */
            rejected: number;
            /** Rows */
            rows: number;
            /** Standard Set */
            standard_set: string;
            /** Unchanged */
            unchanged: number;
        };
        /**
         * ContactForm
         * @description Whose reports are looked for, and why.
         */
        ContactForm: {
            /**
             * Contact
             * @example 13800001234
             */
            contact: string;
            /** Why */
            why: string;
        };
        /**
         * ContentForm
         * @description What is written; of a change what shall be otherwise.
         */
        ContentForm: {
            /**
             * Attachments
             * @description ids of media that were sent in
             */
            attachments?: string[] | null;
            /**
             * Fields
             * @description as the kind declares them
             */
            fields?: {
                [key: string]: unknown;
            } | null;
            /** Items */
            items?: components["schemas"]["ItemForm"][] | null;
            /**
             * Text
             * @description paragraphs by lines; `# `, `## `, `- `, `**…**`
             */
            text?: string | null;
            /**
             * Title
             * @example 网格化绩效考核办法
             */
            title?: string | null;
        };
        /**
         * CorrectForm
         * @description The result as it should read, and why.
         */
        CorrectForm: {
            /**
             * About
             * @description the area or unit ranked; null: the bureau
             */
            about?: string | null;
            /**
             * Figure
             * @description the indicator told by others that it is a value of: rules look at it
             */
            figure?: string | null;
            /**
             * First
             * Format: date
             */
            first: string;
            /**
             * Issuer
             * @example 省住建厅
             */
            issuer: string;
            /**
             * Last
             * Format: date
             */
            last: string;
            /**
             * Level
             * @description province, city, district …
             */
            level?: string | null;
            /** Link */
            link?: string | null;
            /**
             * Note
             * @default
             */
            note?: string;
            /**
             * Of
             * @description how many were ranked
             */
            of?: number | null;
            /**
             * Part
             * @description in the bureau's lead, or as a partner
             * @default lead
             */
            part?: string;
            /**
             * Proof
             * @description ids of media
             */
            proof?: string[];
            /** Rank */
            rank?: number | null;
            /**
             * Title
             * @example 污水处理提质增效攻坚行动
             */
            title: string;
            /** Unit */
            unit?: string | null;
            /** Value */
            value?: number | string | null;
            /** Why */
            why: string;
        };
        /**
         * Counted
         * @description How many cases of one state, category …
         */
        Counted: {
            /** Code */
            code: string;
            /** Count */
            count: number;
            /** @description the list of them, where a list can be narrowed down to that */
            records?: components["schemas"]["ListOf"] | null;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * CounteredOut
         * @description What came of a counter-entry.
         */
        CounteredOut: {
            counter: components["schemas"]["EntryOut"];
            instead: components["schemas"]["EntryOut"] | null;
        };
        /**
         * CounterForm
         * @description Take an entry back, and make the right one in the same step.
         */
        CounterForm: {
            instead?: components["schemas"]["InsteadForm"] | null;
            /** Why */
            why: string;
        };
        /**
         * CountOut
         * @description How many there are in a state.
         */
        CountOut: {
            /** Late */
            late: number;
            /** N */
            n: number;
            /** Procedure */
            procedure: string;
            /** State */
            state: string;
        };
        /**
         * Counts
         * @description A number of a day, and its list.
         */
        Counts: {
            /** Count */
            count: number;
            records: components["schemas"]["ListOf"];
        };
        /**
         * CoverageOut
         * @description How much of a duty grid was passed today.
         */
        CoverageOut: {
            /** Cells */
            cells: number;
            /** Grid */
            grid: string;
            /** Name */
            name: string;
            /**
             * Passed
             * @description of the cells, some 45 m across each
             */
            passed: number;
            /**
             * Percent
             * @example 63.25
             */
            percent: number;
        };
        /**
         * DailyRoundLineOut
         * @description One of a round.
         */
        DailyRoundLineOut: {
            /** Answered */
            answered: boolean;
            /** Area */
            area: string | null;
            /** Area Name */
            area_name: {
                [key: string]: string;
            } | null;
            /** Due */
            due: string | null;
            /** Id */
            id: string;
            /** Person */
            person: string | null;
            /** Person Name */
            person_name: {
                [key: string]: string;
            } | null;
            /** State */
            state: string;
            /** State Title */
            state_title: {
                [key: string]: string;
            };
            /** Title */
            title: string;
        };
        /**
         * DailyRoundOut
         * @description The round of a day: how many were asked, and who has not answered.
         */
        DailyRoundOut: {
            /** Answered */
            answered: number;
            /** Asked */
            asked: number;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Missed */
            missed: number;
            /** Procedure */
            procedure: string;
            /** Unanswered */
            unanswered: components["schemas"]["DailyRoundLineOut"][];
            /** Waiting */
            waiting: number;
        };
        /**
         * DataFieldOut
         * @description What its procedure declares of one value that it holds.
         */
        DataFieldOut: {
            /** Many */
            many: boolean;
            /** Title */
            title: {
                [key: string]: string;
            } | null;
            /**
             * Titles
             * @default {}
             */
            titles?: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** Type */
            type: string;
        };
        /**
         * Day
         * @description What a day brought.
         */
        Day: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** @description cases that units handed back */
            handed_back: components["schemas"]["Counts"];
            /** @description cases opened */
            opened: components["schemas"]["Counts"];
            /** @description reports that came in; null without `report.read` */
            reports: components["schemas"]["Counts"] | null;
        };
        /**
         * DeadlineIn
         * @description A limit and when it starts. The calendar is named, or is that of a role.
         */
        DeadlineIn: {
            /**
             * Amount
             * @example 4
             */
            amount: number | string;
            /** Calendar */
            calendar?: string | null;
            /**
             * Kind
             * @example work_hour
             * @enum {string}
             */
            kind: "urgent_minute" | "urgent_hour" | "urgent_day" | "calendar_day" | "work_minute" | "work_hour" | "work_day";
            /**
             * Role
             * @example handler
             */
            role?: string | null;
            /**
             * Start
             * Format: date-time
             * @example 2026-09-30T16:00:00+08:00
             */
            start: string;
        };
        /**
         * DeadlineOut
         * @description When the limit is over.
         */
        DeadlineOut: {
            /** Calendar */
            calendar: string;
            /**
             * Digest
             * @description of the calendar it was computed with
             */
            digest: string;
            /**
             * Due
             * Format: date-time
             * @description met as long as what is done is done at or before it
             */
            due: string;
            /**
             * Provisional
             * @description an arrangement of holidays still to be announced may move it
             */
            provisional: boolean;
        };
        /**
         * DeadOut
         * @description A row that names what is unknown or has ended.
         */
        DeadOut: {
            /** Field */
            field: string;
            row: components["schemas"]["DutyOut"];
            /** Why */
            why: string;
        };
        /**
         * DeclaredOut
         * @description One declaration.
         */
        DeclaredOut: {
            /**
             * Kind
             * @example procedures
             */
            kind: string;
            /**
             * Name
             * @example city_case
             */
            name: string;
            title: components["schemas"]["Words"] | null;
        };
        /**
         * DifferenceOut
         * @description What became of one version in another.
         */
        DifferenceOut: {
            /** After */
            after: number;
            /** Before */
            before: number;
            /**
             * Changed
             * @description what differs besides the text: `title`, `items`, `fields.to` …
             */
            changed: string[];
            /** Text */
            text: components["schemas"]["PieceOut"][];
            /**
             * Title
             * @description before, after
             */
            title: string[];
        };
        /**
         * DocumentEventOut
         * @description One step of its history, without the text.
         */
        DocumentEventOut: {
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Name */
            name: string;
            /** Reason */
            reason: string | null;
            /** Role */
            role: string;
            /** Type */
            type: string;
            /** Version */
            version: number;
        };
        /**
         * DocumentLineOut
         * @description A document in a list.
         */
        DocumentLineOut: {
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /** Id */
            id: string;
            /**
             * In Force
             * @description today
             */
            in_force: boolean;
            /** Kind */
            kind: string;
            /** Kind Title */
            kind_title: {
                [key: string]: string;
            };
            /** Number */
            number: string | null;
            /** Since */
            since: string | null;
            /** State */
            state: string;
            /** State Title */
            state_title: {
                [key: string]: string;
            };
            /** Title */
            title: string;
            /** Until */
            until: string | null;
            /** Version */
            version: number;
            /**
             * Waits
             * @description the role that approves it next
             */
            waits: string | null;
        };
        /**
         * DocumentOut
         * @description A document with all that is known of it.
         */
        DocumentOut: {
            /**
             * Actions
             * @description what you may do now
             */
            actions: string[];
            /** Approvals */
            approvals: components["schemas"]["ApprovalStepOut"][];
            /** Attachments */
            attachments: string[];
            /** Author Names */
            author_names: string[];
            /** Authors */
            authors: string[];
            /**
             * Digest
             * @description SHA-256 of what was published
             */
            digest: string | null;
            /** Fields */
            fields: {
                [key: string]: unknown;
            };
            /**
             * Figures
             * @description quoted; not worked out
             */
            figures: components["schemas"]["xiuhua__documents__forms__FigureOut"][];
            /** Gathers Items */
            gathers_items: boolean;
            /** Id */
            id: string;
            /**
             * In Force
             * @description today
             */
            in_force: boolean;
            /**
             * Intact
             * @description whether what stands is what was published
             */
            intact: boolean | null;
            /** Items */
            items: {
                [key: string]: unknown;
            }[];
            /** Kind */
            kind: string;
            /** Kind Title */
            kind_title: {
                [key: string]: string;
            };
            /**
             * Labels
             * @description what units and people among its fields and items are called
             */
            labels: {
                [key: string]: string;
            };
            /** Needs */
            needs: {
                [key: string]: unknown;
            };
            /** Number */
            number: string | null;
            /** Open */
            open: boolean;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Published On */
            published_on: string | null;
            /** Replaced By */
            replaced_by: string | null;
            /** Replaces */
            replaces: string | null;
            /**
             * Revoked
             * @description why
             */
            revoked: string | null;
            /**
             * Sent Back
             * @description why, where it was
             */
            sent_back: string | null;
            /** Since */
            since: string | null;
            /** State */
            state: string;
            /** State Title */
            state_title: {
                [key: string]: string;
            };
            /** Text */
            text: string;
            /**
             * Text Version
             * @description how often it was written, its revisions with it
             */
            text_version: number;
            /** Title */
            title: string;
            /** Until */
            until: string | null;
            /**
             * Version
             * @description for If-Match
             */
            version: number;
            /** Waits */
            waits: string | null;
        };
        /**
         * DocumentWhyForm
         * @description A reason.
         */
        DocumentWhyForm: {
            /** Why */
            why: string;
        };
        /**
         * Done
         * @description What an action came to.
         */
        Done: {
            /**
             * Case
             * @description of a report: the case that it belongs to now
             */
            case?: string | null;
            /** Events */
            events: string[];
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Number */
            number: string;
            /** State */
            state: string;
            /** Version */
            version: number;
        };
        /**
         * DoneOut
         * @description One thing that was done.
         */
        DoneOut: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Id */
            id: string;
            /** Key */
            key: string;
            /** Kind */
            kind: string;
            /** Path */
            path: string | null;
            /** Quantity */
            quantity: string | null;
            /** Title */
            title: string;
        };
        /**
         * DossierLineOut
         * @description One entry of a section of a thing's file.
         */
        DossierLineOut: {
            /** At */
            at: string | null;
            /**
             * Link
             * @description address within the console
             */
            link: string | null;
            /** Note */
            note: {
                [key: string]: string;
            } | null;
            /** Text */
            text: {
                [key: string]: string;
            };
        };
        /**
         * DossierSectionOut
         * @description What one room has to say of a thing.
         */
        DossierSectionOut: {
            /**
             * Count
             * @description how many there are, where it is known
             */
            count: number | null;
            /** Lines */
            lines: components["schemas"]["DossierLineOut"][];
            /**
             * More
             * @description address within the console of all of them
             */
            more: string | null;
            /** Name */
            name: string;
            /**
             * Note
             * @description what they add up to
             */
            note: {
                [key: string]: string;
            } | null;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * DraftForm
         * @description A new document.
         */
        DraftForm: {
            /**
             * Attachments
             * @description ids of media that were sent in
             */
            attachments?: string[] | null;
            /**
             * Fields
             * @description as the kind declares them
             */
            fields?: {
                [key: string]: unknown;
            } | null;
            /** Items */
            items?: components["schemas"]["ItemForm"][] | null;
            /**
             * Kind
             * @example notice
             */
            kind: string;
            /**
             * Text
             * @description paragraphs by lines; `# `, `## `, `- `, `**…**`
             */
            text?: string | null;
            /** Title */
            title: string;
        };
        /**
         * DraftOut
         * @description A draft that stands.
         */
        DraftOut: {
            /** Draft */
            draft: string;
            /**
             * First From
             * Format: date
             */
            first_from: string;
            /**
             * Last From
             * Format: date
             */
            last_from: string;
            /** Rows */
            rows: number;
        };
        /**
         * DrawnForm
         * @description An area that somebody has drawn, and which cases in it are counted.
         */
        DrawnForm: {
            /**
             * Area
             * @example {
             *       "coordinates": [
             *         [
             *           [
             *             105.3,
             *             29.1
             *           ],
             *           [
             *             105.33,
             *             29.1
             *           ],
             *           [
             *             105.33,
             *             29.13
             *           ],
             *           [
             *             105.3,
             *             29.1
             *           ]
             *         ]
             *       ],
             *       "type": "Polygon"
             *     }
             */
            area: components["schemas"]["Polygon"] | components["schemas"]["MultiPolygon"];
            /**
             * Area Code
             * @description besides in this area
             * @example 990101001
             */
            area_code?: string | null;
            /**
             * Category
             * @default []
             */
            category?: string[];
            /**
             * Datum
             * @description of the coordinates
             * @default wgs84
             * @enum {string}
             */
            datum?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
            /**
             * Open
             * @description true: only cases that have not ended
             */
            open?: boolean | null;
            /**
             * Opened From
             * @example 2026-03-01T00:00:00+08:00
             */
            opened_from?: string | null;
            /**
             * Opened To
             * @example 2026-03-01T00:00:00+08:00
             */
            opened_to?: string | null;
            /**
             * Source
             * @default []
             */
            source?: string[];
            /**
             * State
             * @default []
             */
            state?: string[];
            /**
             * Unit
             * @default []
             */
            unit?: string[];
        };
        /**
         * DropForm
         * @description A reason.
         */
        DropForm: {
            /** Why */
            why: string;
        };
        /**
         * DryRunOut
         * @description What a draft would have done with the cases of a time.
         */
        DryRunOut: {
            /** Cases */
            cases: number;
            /**
             * Flows
             * @description the most frequent first
             */
            flows: components["schemas"]["FlowOut"][];
            /**
             * Moved
             * @description the first `limit` of them
             */
            moved: components["schemas"]["MovedOut"][];
            /** New Gaps */
            new_gaps: number;
            /** New Ties */
            new_ties: number;
            /**
             * On
             * Format: date
             * @description the day of whose rows the draft was judged
             */
            on: string;
            /** Outcomes */
            outcomes: {
                [key: string]: number;
            };
            /** Stayed */
            stayed: number;
        };
        /**
         * DueOut
         * @description Something that is due.
         */
        DueOut: {
            /** Area */
            area: string | null;
            /**
             * At
             * @description epoch seconds, where the moment matters
             */
            at: number | null;
            /** Count */
            count: number;
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Kind
             * @example plan
             * @example part
             * @example case
             * @example record
             * @example proceeding
             * @example round
             * @example rectification
             * @example document
             */
            kind: string;
            /** Late */
            late: boolean;
            /**
             * Of
             * @description name of the plan, register, procedure, checklist, kind of document
             */
            of: string | null;
            /** Of Title */
            of_title: {
                [key: string]: string;
            } | null;
            /** Path */
            path: string | null;
            /** Person */
            person: string | null;
            /**
             * Title
             * @description what it is called; empty: many, told by kind and count
             */
            title: string;
            /**
             * Titles
             * @description of a part of a task tree: its title
             */
            titles: {
                [key: string]: string;
            } | null;
            /** Unit */
            unit: string | null;
            /** Unit Title */
            unit_title: string | null;
        };
        /**
         * DuplicateOut
         * @description A case, or a report not accepted yet, that may be the same problem, and why.
         */
        DuplicateOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Category
             * @example GB/T 47678.5/matter/06010
             */
            category?: string | null;
            /**
             * Confidence
             * @example 0.82
             */
            confidence: number;
            /**
             * Distance M
             * @example 12.4
             */
            distance_m: number;
            /**
             * Hours
             * @description hours between the two
             * @example 3.5
             */
            hours: number;
            /**
             * Id
             * @example 0195a1b2-0000-7000-8000-000000000001
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "case" | "report";
            /**
             * Likely
             * @description above the city's threshold
             */
            likely: boolean;
            /**
             * Likeness
             * @description of the words
             * @example 0.4
             */
            likeness: number;
            /**
             * Matter
             * @description how the categories stand to each other
             * @enum {string}
             */
            matter: "same" | "related" | "unknown" | "other";
            /** Number */
            number?: string | null;
            /**
             * Open
             * @description a report may still join it
             */
            open: boolean;
            /**
             * Report
             * @description the report of it that is most alike
             */
            report: string;
            /**
             * State
             * @example filed
             */
            state: string;
        };
        /**
         * DutyBoardOut
         * @description Who has one kind of duty at a moment, for things of no particular owner.
         */
        DutyBoardOut: {
            /**
             * Above
             * @description areas around it, the smallest first
             */
            above: string[];
            /** Areas */
            areas: components["schemas"]["BoardArea"][];
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "regulate" | "handle" | "enforce" | "maintain";
            /**
             * Parent
             * @description the area that the columns lie in
             */
            parent: string;
            /** Rows */
            rows: components["schemas"]["BoardRow"][];
        };
        /**
         * DutyImportOut
         * @description What an import of duty rows came to.
         */
        DutyImportOut: {
            /**
             * Changed
             * @description rows that were closed or corrected by the file's
             */
            changed: number;
            /**
             * Closed
             * @description rows that ended because the file has them no longer
             */
            closed: number;
            /** New */
            new: number;
            /**
             * Quarrels
             * @description rows of the file that are ties with one another
             */
            quarrels: {
                [key: string]: unknown;
            }[];
            /** Unchanged */
            unchanged: number;
        };
        /**
         * DutyOut
         * @description One line of the duty matrix.
         */
        DutyOut: {
            /**
             * Category
             * @description a key, a class, all of a standard, a group, or `*`
             * @example GB/T 47678.5/matter/06
             */
            category: string;
            /**
             * Draft
             * @description empty: in force
             */
            draft: string;
            /** Id */
            id: number;
            /**
             * Kind
             * @example handle
             */
            kind: string;
            /**
             * Owner
             * @description asset owner's code; empty: any
             */
            owner: string;
            /**
             * Place
             * @example 990101001
             */
            place: string;
            /**
             * Place Kind
             * @example street
             */
            place_kind: string;
            /** Side */
            side: string;
            /** Source */
            source: string;
            /**
             * Source Case
             * @description the case whose adjudication made it
             */
            source_case: string;
            /** Time Band */
            time_band: string;
            /**
             * Unit
             * @description `-`: nobody, by rule
             * @example roads
             */
            unit: string;
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
            /** Valid To */
            valid_to: string | null;
        };
        /**
         * Ended
         * @description How many conditions ended.
         */
        Ended: {
            /** Ended */
            ended: number;
        };
        /**
         * EntryForm
         * @description An entry: its quantity, its fields as the ledger declares them, and what every entry has.
         */
        EntryForm: {
            /**
             * At
             * @description when it was entered, if earlier than now: a phone's word
             */
            at?: string | null;
            /**
             * Day
             * @description not in the future; default: today
             */
            day?: string | null;
            /** Fields */
            fields?: {
                [key: string]: unknown;
            };
            /**
             * Key
             * @description what makes it once, e.g. a number elsewhere
             */
            key?: string | null;
            /** Note */
            note?: string | null;
            /**
             * Of Unit
             * @description whose work; default: of who enters it
             */
            of_unit?: string | null;
            /**
             * Photos
             * @description ids of photos sent in before
             */
            photos?: string[];
            /**
             * Place
             * @example {
             *       "datum": "gcj02",
             *       "lat": 29.1045,
             *       "lon": 105.3123
             *     }
             */
            place?: {
                [key: string]: unknown;
            } | null;
            /**
             * Quantity
             * @description a decimal; below zero: out of a store
             * @example 12.5
             */
            quantity: string;
            /**
             * Thing
             * @description key of a record of the ledger's register
             */
            thing?: string | null;
            /**
             * Unit
             * @description default: the ledger's
             * @example m²
             */
            unit?: string | null;
        };
        /**
         * EntryOut
         * @description An entry with all that is known of it.
         */
        EntryOut: {
            /**
             * Balance Before
             * @description of a stocktake: what should have been there
             */
            balance_before: string | null;
            /**
             * Counted
             * @description of a stocktake
             */
            counted: string | null;
            /** Countered By */
            countered_by: string | null;
            /**
             * Counters
             * @description the entry that it takes back
             */
            counters: string | null;
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Entered At
             * Format: date-time
             */
            entered_at: string;
            /** Fields */
            fields: {
                [key: string]: unknown;
            };
            /**
             * Given
             * @description quantity and unit as they were written
             */
            given: {
                [key: string]: string;
            };
            /** Id */
            id: string;
            /**
             * Instead
             * @description the entry that it stands in place of
             */
            instead: string | null;
            /**
             * Labels
             * @description what units and people among them are called, by code
             */
            labels: {
                [key: string]: string;
            };
            /**
             * Late
             * @description days between its day and the day it was entered
             */
            late: number;
            /** Ledger */
            ledger: string;
            /** Ledger Title */
            ledger_title: {
                [key: string]: string;
            };
            /** Note */
            note: string | null;
            /** Of Unit */
            of_unit: string | null;
            /**
             * Personal
             * @description what is personal, masked; null: none, erased, or not yours
             */
            personal: {
                [key: string]: unknown;
            } | null;
            /** Photos */
            photos: string[];
            /** Place */
            place: {
                [key: string]: unknown;
            } | null;
            /**
             * Quantity
             * @description in the ledger's unit
             */
            quantity: string;
            /** Scopes */
            scopes: string[];
            /**
             * Source
             * @description the case or order that made it
             */
            source: string | null;
            /** @description where on its line; told of one entry, not in lists */
            stretch?: components["schemas"]["StretchOut"] | null;
            /**
             * Thing
             * @description id of a record
             */
            thing: string | null;
            /** Thing Key */
            thing_key: string | null;
            /** Unit */
            unit: string;
            /** Version */
            version: number;
            /**
             * Why
             * @description of a counter-entry or stocktake
             */
            why: string | null;
        };
        /**
         * EventOut
         * @description One step of a timeline.
         */
        EventOut: {
            /** Action */
            action: string | null;
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Name
             * @description of the person; the account where nobody is known by it
             */
            name: string;
            /** On Behalf Of */
            on_behalf_of: string | null;
            /** Payload */
            payload: {
                [key: string]: unknown;
            };
            /** Reason */
            reason: string | null;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Role */
            role: string;
            /**
             * State
             * @description where it led to; null: it stayed
             */
            state: {
                [key: string]: string;
            } | null;
            /**
             * Title
             * @description of the action
             * @example {
             *       "en": "Dispatch",
             *       "zh": "派遣"
             *     }
             */
            title: {
                [key: string]: string;
            };
            /**
             * Told
             * @description what was filled in; nothing personal
             */
            told: components["schemas"]["ToldOut"][];
            /** Type */
            type: string;
            /** Version */
            version: number;
            witness?: components["schemas"]["WitnessOut"] | null;
        };
        /**
         * FactorOut
         * @description Whether there is a second factor.
         */
        FactorOut: {
            /**
             * Recovery Codes
             * @description how many are left
             */
            recovery_codes: number;
            /**
             * Since
             * @description null: there is none
             */
            since: string | null;
        };
        /**
         * FactorSetup
         * @description What an authenticator needs: shown once.
         */
        FactorSetup: {
            /**
             * Qr
             * @description a picture of the uri, as `data:image/svg+xml…`
             */
            qr: string;
            /**
             * Secret
             * @example JBSWY3DPEHPK3PXP
             */
            secret: string;
            /** Uri */
            uri: string;
        };
        /**
         * FaultOut
         * @description What is wrong in a row.
         */
        FaultOut: {
            /**
             * Column
             * @description empty: the whole row
             */
            column: string;
            /** En */
            en: string;
            /** Zh */
            zh: string;
        };
        /**
         * FieldOut
         * @description What the procedure declares and the filter `field` takes.
         */
        FieldOut: {
            /**
             * Name
             * @example filed
             */
            name: string;
            /**
             * Title
             * @example {
             *       "en": "To be dispatched",
             *       "zh": "待派遣"
             *     }
             */
            title: {
                [key: string]: string;
            };
            /**
             * Type
             * @example choice
             */
            type: string;
            /**
             * Values
             * @description of a choice
             * @default []
             */
            values?: components["schemas"]["WordOut"][];
        };
        /**
         * FigureForm
         * @description The value of a figure for a period.
         */
        FigureForm: {
            /**
             * By
             * @example {
             *       "haulier": "91350100M000100Y43"
             *     }
             */
            by?: {
                [key: string]: string;
            };
            /**
             * Day
             * Format: date
             * @description any day of the period
             */
            day: string;
            /**
             * Every
             * @example month
             */
            every: string;
            /**
             * Figure
             * @example haulier_score
             */
            figure: string;
            /**
             * Previous
             * @description that of the period before
             */
            previous?: string | null;
            /**
             * Value
             * @example 58.5
             */
            value: string;
        };
        /**
         * FiguresOut
         * @description What an indicator says.
         */
        FiguresOut: {
            /**
             * As Of
             * @description as known at the end of this day; null: now
             */
            as_of: string | null;
            /** Figures */
            figures: components["schemas"]["xiuhua__insight__forms__FigureOut"][];
            indicator: components["schemas"]["IndicatorOut"];
        };
        /**
         * FilterForm
         * @description What rows must be, all of it together.
         */
        FilterForm: {
            /**
             * Area
             * @example 990101001
             */
            area?: string | null;
            /**
             * Category
             * @default []
             * @example [
             *       "GB/T 47678.5/matter/06010"
             *     ]
             */
            category?: string[];
            /** Drawn */
            drawn?: string | null;
            /** External Id */
            external_id?: string | null;
            /**
             * Field
             * @default []
             * @example [
             *       "area_class=2"
             *     ]
             */
            field?: string[];
            /**
             * Handed Back From
             * @example 2026-03-01T00:00:00+08:00
             */
            handed_back_from?: string | null;
            /**
             * Handed Back To
             * @example 2026-03-01T00:00:00+08:00
             */
            handed_back_to?: string | null;
            /**
             * Late
             * @description past its due moment now, and not handed back
             */
            late?: boolean | null;
            /**
             * Light
             * @description the colour of its handling clock on the map
             * @default []
             */
            light?: ("grey" | "green" | "yellow" | "red")[];
            /** Number */
            number?: string | null;
            /**
             * Open
             * @description has not ended
             */
            open?: boolean | null;
            /**
             * Opened From
             * @example 2026-03-01T00:00:00+08:00
             */
            opened_from?: string | null;
            /**
             * Opened To
             * @example 2026-03-01T00:00:00+08:00
             */
            opened_to?: string | null;
            /**
             * Outcome
             * @default []
             */
            outcome?: string[];
            /** Overdue */
            overdue?: boolean | null;
            /**
             * Source
             * @default []
             */
            source?: string[];
            /**
             * State
             * @default []
             * @example [
             *       "accepted",
             *       "filed"
             *     ]
             */
            state?: string[];
            /** Suspended */
            suspended?: boolean | null;
            /**
             * Tag
             * @default []
             */
            tag?: string[];
            /**
             * Unit
             * @default []
             */
            unit?: string[];
        };
        /**
         * FilterOut
         * @description A kept filter.
         */
        FilterOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Filter */
            filter: {
                [key: string]: unknown;
            };
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Own */
            own: boolean;
            /** Owner */
            owner: string;
            /** Role */
            role: string | null;
            /** Title */
            title: string;
        };
        /**
         * FindingForm
         * @description What was found of an item; of an item with choices, which one.
         */
        FindingForm: {
            /**
             * Applies
             * @default true
             */
            applies?: boolean;
            /** Choice */
            choice?: string | null;
            /**
             * Count
             * @description default: 1
             */
            count?: number | null;
            /** Item */
            item: string;
            /** Note */
            note?: string | null;
            /**
             * Photos
             * @description ids of photos sent in before
             */
            photos?: string[];
            /**
             * Place
             * @example {
             *       "datum": "gcj02",
             *       "lat": 29.1045,
             *       "lon": 105.3123
             *     }
             */
            place?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * FindingWhyForm
         * @description What was done, or why nothing is to be.
         */
        FindingWhyForm: {
            /** Why */
            why: string;
        };
        /**
         * FixOut
         * @description Where somebody was, WGS-84.
         */
        FixOut: {
            /** Accuracy M */
            accuracy_m: number | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Lat */
            lat: number;
            /** Lon */
            lon: number;
            /** Mock */
            mock: boolean;
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
        };
        /**
         * FlowOut
         * @description So many cases would have gone from one unit to another.
         */
        FlowOut: {
            /** Cases */
            cases: number;
            /** From Unit */
            from_unit: string;
            /** To Unit */
            to_unit: string;
        };
        /**
         * FollowOut
         * @description A procedure that a failed item names.
         */
        FollowOut: {
            /** Item */
            item: string;
            /**
             * Problem
             * @description why nothing did
             */
            problem: string | null;
            /** Procedure */
            procedure: string;
            /**
             * Stream
             * @description what began: kind and id
             * @example rectification/0195a1b2
             */
            stream: string | null;
        };
        /**
         * GapOut
         * @description Too few are planned.
         */
        GapOut: {
            /**
             * Begins
             * Format: date-time
             */
            begins: string;
            /**
             * Ends
             * Format: date-time
             */
            ends: string;
            /** Have */
            have: number;
            /** Need */
            need: number;
            /** Place */
            place: string;
            /** Place Title */
            place_title: string;
            /** Shift */
            shift: string | null;
        };
        /**
         * GoalForm
         * @description What a campaign aims at.
         */
        GoalForm: {
            /**
             * Kind
             * @description kind of thing that is counted
             * @example case
             */
            kind: string;
            /** Target */
            target: number;
            /** Title */
            title: string;
        };
        /**
         * GradeOut
         * @description What a score is called.
         */
        GradeOut: {
            /** At Least */
            at_least: string;
            /** Colour */
            colour: string | null;
            /** Name */
            name: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * HandoverForm
         * @description Which handover is taken over.
         */
        HandoverForm: {
            /**
             * Id
             * @example 0195a1b2-0000-7000-8000-000000000001
             */
            id: string;
        };
        /**
         * HandoverOut
         * @description What one shift left to the next.
         */
        HandoverOut: {
            /** Acknowledged At */
            acknowledged_at: string | null;
            /** Acknowledged By */
            acknowledged_by: string | null;
            /**
             * Area
             * @description null: the whole city
             */
            area: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Id
             * @example 0195a1b2-0000-7000-8000-000000000001
             */
            id: string;
            /** Name */
            name: string;
            /**
             * Note
             * @description phones and the like masked; null: erased
             */
            note: string | null;
            /** Person */
            person: string;
            /**
             * Snapshot
             * @description open cases by state, how many in all, how many late, the latest ten
             * @example {
             *       "late": 0,
             *       "open": {
             *         "accepted": 3
             *       },
             *       "total": 3,
             *       "worst": []
             *     }
             */
            snapshot: {
                [key: string]: unknown;
            };
        };
        /**
         * HeldOut
         * @description One post of a person.
         */
        HeldOut: {
            /** Area */
            area: string | null;
            /**
             * Role
             * @example handler
             */
            role: string;
            /** Unit */
            unit: string | null;
        };
        /**
         * HitOut
         * @description A text that was found, masked.
         */
        HitOut: {
            /** Case */
            case: {
                [key: string]: unknown;
            } | null;
            /** Case Id */
            case_id: string | null;
            /** Category */
            category: string | null;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Number */
            number: string;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Snippet */
            snippet: string;
            /** State */
            state: string;
        };
        /**
         * HolidayImportOut
         * @description What an import of holidays came to, in days. Clocks that run are to be computed anew after it.
         */
        HolidayImportOut: {
            /**
             * Announced
             * @description years that this import announced for the first time
             */
            announced: number[];
            /** Announced Through */
            announced_through: number;
            /** Changed */
            changed: number;
            /** New */
            new: number;
            /** Unchanged */
            unchanged: number;
            /**
             * Warnings
             * @description row, field, why
             */
            warnings: {
                [key: string]: unknown;
            }[];
            /** Withdrawn */
            withdrawn: number;
        };
        /**
         * HolidayOut
         * @description A day that an official arrangement changes.
         */
        HolidayOut: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "holiday" | "workday";
            /**
             * Name
             * @example 国庆节
             */
            name: string;
        };
        /**
         * HolidaysOut
         * @description Days that arrangements change, and the years whose arrangement is known.
         */
        HolidaysOut: {
            /** Announced */
            announced: number[];
            /** Days */
            days: components["schemas"]["HolidayOut"][];
        };
        /**
         * HotSpot
         * @description A unit grid with many reports.
         */
        HotSpot: {
            /** Count */
            count: number;
            /** Lat */
            lat: number;
            /**
             * Lon
             * @description of a point in it
             */
            lon: number;
            /** Name */
            name: string;
            records: components["schemas"]["ListOf"];
            /** Unit Grid */
            unit_grid: string;
        };
        /**
         * ImportFieldOut
         * @description What a column may be.
         */
        ImportFieldOut: {
            /**
             * Hint
             * @description what goes into it
             */
            hint: {
                [key: string]: string;
            };
            /** Name */
            name: string;
            /**
             * Needed
             * @description no row can be read without it
             */
            needed: boolean;
            /**
             * Required
             * @description what is new has it
             */
            required: boolean;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * ImportOut
         * @description An import and how far it has come.
         */
        ImportOut: {
            /** About */
            about: number;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Bytes */
            bytes: number;
            /** Cancelling */
            cancelling: boolean;
            /** Changed */
            changed: number;
            /** Ended At */
            ended_at: string | null;
            /**
             * Errors
             * @description why the whole file was refused
             */
            errors: {
                [key: string]: unknown;
            }[];
            /**
             * Fraction
             * @description of the file, 0 to 1
             */
            fraction: number;
            /** Id */
            id: string;
            /**
             * Kept
             * @description whether the rejected rows can be fetched
             */
            kept: boolean;
            /** Mapping */
            mapping: {
                [key: string]: unknown;
            } | null;
            /** Name */
            name: string;
            /** New */
            new: number;
            /** Reasons */
            reasons: components["schemas"]["ReasonOut"][];
            /** Rejected */
            rejected: number;
            /** Skipped */
            skipped: number;
            /** Started At */
            started_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "uploaded" | "checking" | "checked" | "waiting" | "running" | "done" | "cancelled" | "refused";
            /**
             * Target
             * @description what it is brought into
             * @example register:street_lamp
             */
            target: string;
            /**
             * Title
             * @description what that is called
             */
            title: {
                [key: string]: string;
            };
            /** Unchanged */
            unchanged: number;
            /** Unused */
            unused: string[];
        };
        /**
         * ImportTargetOut
         * @description What this person may bring tables into.
         */
        ImportTargetOut: {
            /**
             * Kind
             * @example register
             */
            kind: string;
            /**
             * Of
             * @example register:street_lamp
             */
            of: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * IndicatorOut
         * @description A named formula in force.
         */
        IndicatorOut: {
            /** Better */
            better: ("higher" | "lower") | null;
            /**
             * By
             * @description the dimensions that it is usually told by
             */
            by: string[];
            /** Decimals */
            decimals: number;
            /**
             * Dimensions
             * @description all that it can be told by
             */
            dimensions: string[];
            /** Law */
            law: string | null;
            /**
             * Name
             * @example on_time_handling_rate
             */
            name: string;
            /** Pack */
            pack: string;
            /**
             * Period
             * @description which moment of a record lies in the period
             */
            period: string;
            /**
             * Problem
             * @description why it cannot be computed; empty: it can
             */
            problem: string;
            /**
             * Source
             * @description where the formula was found, and how sure it is
             */
            source: string | null;
            /** Title */
            title: {
                [key: string]: string;
            };
            /**
             * Unit
             * @example %
             */
            unit: string;
            /** Version */
            version: number;
        };
        /**
         * InspectionEventOut
         * @description Something that happened to an inspection.
         */
        InspectionEventOut: {
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Name */
            name: string;
            /** Payload */
            payload: {
                [key: string]: unknown;
            };
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Role */
            role: string;
            /** Type */
            type: string;
            /** Version */
            version: number;
        };
        /**
         * InspectionForm
         * @description An inspection; from a phone that had no network all of it at once.
         */
        InspectionForm: {
            /**
             * At
             * @description when it was made; default: now
             */
            at?: string | null;
            /**
             * Called
             * @description of a place: what it is called
             */
            called?: string | null;
            /** Checklist */
            checklist: string;
            /**
             * External Id
             * @description what its sender calls it: a repeat gives the first
             */
            external_id?: string | null;
            /** Findings */
            findings?: components["schemas"]["FindingForm"][];
            /**
             * Finish
             * @default false
             */
            finish?: boolean;
            /**
             * Inspectors
             * @description default: whoever sends this
             */
            inspectors?: string[];
            /**
             * Key
             * @description of the record instead of `thing`: what stands on its label
             */
            key?: string | null;
            /** Party */
            party?: string | null;
            /**
             * Place
             * @example {
             *       "lat": 29.1045,
             *       "lon": 105.3123
             *     }
             */
            place?: {
                [key: string]: unknown;
            } | null;
            /** Round */
            round?: string | null;
            /**
             * Thing
             * @description id of the record, code of the area or unit
             */
            thing?: string | null;
            /**
             * Unit
             * @description who answers for it, where the thing does not tell
             */
            unit?: string | null;
        };
        /**
         * InspectionLineOut
         * @description An inspection in a list.
         */
        InspectionLineOut: {
            /** Band */
            band: string | null;
            /**
             * Begun At
             * Format: date-time
             */
            begun_at: string;
            /** Called */
            called: string;
            /** Checklist */
            checklist: string;
            /** Failed */
            failed: number;
            /** Finished At */
            finished_at: string | null;
            /** Id */
            id: string;
            /** Inspectors */
            inspectors: string[];
            /** Late */
            late: number;
            /** List */
            list: string | null;
            /** Number */
            number: string;
            /** Open */
            open: number;
            /** Original */
            original: string | null;
            /** Party */
            party: string | null;
            /** Recheck */
            recheck: number;
            /** Round */
            round: string | null;
            /** Score */
            score: string | null;
            /** State */
            state: string;
            /** Thing */
            thing: string | null;
            /** Title */
            title: {
                [key: string]: string;
            };
            /** Unit */
            unit: string | null;
            /** Unit Name */
            unit_name: string | null;
            /** Version */
            version: number;
        };
        /**
         * InspectionOut
         * @description An inspection with all that is known of it.
         */
        InspectionOut: {
            /** Bands */
            bands: components["schemas"]["BandOut"][];
            /**
             * Begun At
             * Format: date-time
             */
            begun_at: string;
            /** Checklist */
            checklist: string;
            /** Findings */
            findings: components["schemas"]["xiuhua__checks__forms__FindingOut"][];
            /** Finished At */
            finished_at: string | null;
            /**
             * Follows
             * @description what failed items have begun, or why not
             */
            follows: components["schemas"]["FollowOut"][];
            /** Id */
            id: string;
            /** Inspectors */
            inspectors: string[];
            /** Items */
            items: components["schemas"]["ItemOut"][];
            /**
             * Labels
             * @description what units and people in it are called, by code
             */
            labels: {
                [key: string]: string;
            };
            /**
             * Mine
             * @description this person makes it
             */
            mine: boolean;
            /** Number */
            number: string;
            /** @description as it was when it was finished */
            original: components["schemas"]["xiuhua__checks__forms__ScoreOut"] | null;
            /** Party */
            party: string | null;
            /** Place */
            place: {
                [key: string]: unknown;
            } | null;
            /** Rectifications */
            rectifications: components["schemas"]["RectificationOut"][];
            /** Round */
            round: string | null;
            /** Scopes */
            scopes: string[];
            /** @description as it is now, with points given back */
            scored: components["schemas"]["xiuhua__checks__forms__ScoreOut"] | null;
            /** State */
            state: string;
            thing: components["schemas"]["xiuhua__checks__forms__ThingOut"];
            /** Title */
            title: {
                [key: string]: string;
            };
            /** Unit */
            unit: string | null;
            /** Version */
            version: number;
        };
        /**
         * InsteadForm
         * @description What is otherwise in the right entry; the rest stays as it was.
         */
        InsteadForm: {
            /** Day */
            day?: string | null;
            /** Fields */
            fields?: {
                [key: string]: unknown;
            };
            /** Note */
            note?: string | null;
            /** Of Unit */
            of_unit?: string | null;
            /** Photos */
            photos?: string[] | null;
            /** Place */
            place?: {
                [key: string]: unknown;
            } | null;
            /** Quantity */
            quantity?: string | null;
            /** Thing */
            thing?: string | null;
            /** Unit */
            unit?: string | null;
        };
        /**
         * ItemForm
         * @description One thing that a bulletin tells of.
         */
        ItemForm: {
            /** Id */
            id?: string | null;
            /**
             * Kind
             * @example case
             */
            kind?: string | null;
            /** Text */
            text?: string | null;
            /** Title */
            title: string;
            /** Unit */
            unit?: string | null;
        };
        /**
         * ItemOut
         * @description An item of a checklist.
         */
        ItemOut: {
            /** Choices */
            choices: components["schemas"]["ChoiceOut"][];
            /** Deduct */
            deduct: string;
            /** Evidence */
            evidence: boolean;
            /** May Not Apply */
            may_not_apply: boolean;
            /** Most */
            most: string | null;
            /** Name */
            name: string;
            /** Photo */
            photo: boolean;
            /** Photo After */
            photo_after: boolean;
            /** Rectify */
            rectify: boolean;
            /** Score */
            score: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * JobOut
         * @description A job: what was asked for, how often it was tried, and what went wrong last.
         */
        JobOut: {
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Attempts */
            attempts: number;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /** Ended At */
            ended_at: string | null;
            /**
             * Error
             * @example the server answered 503
             */
            error: string | null;
            /**
             * Id
             * @example 0195a1b2-0000-7000-8000-000000000001
             */
            id: string;
            /** Key */
            key: string;
            /**
             * Kind
             * @example notice.webhook
             */
            kind: string;
            /** Payload */
            payload: {
                [key: string]: unknown;
            };
            /** Repeated By */
            repeated_by: string | null;
            /** Started At */
            started_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "running" | "done" | "dead";
        };
        /**
         * KeptMapping
         * @description A kept mapping.
         */
        KeptMapping: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Id */
            id: string;
            /** Mapping */
            mapping: {
                [key: string]: unknown;
            };
            /** Title */
            title: string;
        };
        /**
         * KeptMappingForm
         * @description A mapping to be kept for the next file of the same form.
         */
        KeptMappingForm: {
            /**
             * Mapping
             * @description which column is which field: docs/how-to/import-reports.md, docs/how-to/registers.md
             * @example {
             *       "columns": {
             *         "external_id": "id",
             *         "text": "text"
             *       },
             *       "constants": {
             *         "source": "hotline_12345"
             *       }
             *     }
             */
            mapping: {
                [key: string]: unknown;
            };
            /**
             * Of
             * @default report
             * @example register:street_lamp
             */
            of?: string;
            /**
             * Title
             * @example Hotline, monthly
             */
            title: string;
        };
        /**
         * KeptOut
         * @description What came of a batch: the four add up to what was sent; none of it is to be sent again.
         */
        KeptOut: {
            /**
             * Ahead
             * @description later than the server's time: the phone's clock is wrong
             */
            ahead: number;
            /** Kept */
            kept: number;
            /**
             * Outside
             * @description not within a turn of duty, or older than a fortnight
             */
            outside: number;
            /** Repeated */
            repeated: number;
        };
        /**
         * KindOut
         * @description A kind of document as a pack declares it.
         */
        KindOut: {
            /**
             * Approved By
             * @description roles, one after the other
             */
            approved_by: string[];
            /**
             * Counts
             * @description by state, of those that you see
             */
            counts: {
                [key: string]: number;
            };
            /** Figures */
            figures: components["schemas"]["xiuhua__documents__forms__FigureOut"][];
            /**
             * Items
             * @description gathers items
             */
            items: boolean;
            /** Name */
            name: string;
            /**
             * Needs
             * @description JSON Schema of its fields
             */
            needs: {
                [key: string]: unknown;
            };
            /**
             * Number
             * @description pattern of its numbers
             */
            number: string;
            /** Sensitivity */
            sensitivity: string;
            /** Series */
            series: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * Late
         * @description Past their moment now, and not handed back.
         */
        Late: {
            /** Count */
            count: number;
            records: components["schemas"]["ListOf"];
            /**
             * Worst
             * @description the latest ten, the latest first
             */
            worst: components["schemas"]["LateCase"][];
        };
        /**
         * LateCase
         * @description A case that should have been handed back.
         */
        LateCase: {
            /** Category */
            category: string | null;
            /** Category Title */
            category_title: {
                [key: string]: string;
            } | null;
            /**
             * Due
             * Format: date-time
             */
            due: string;
            /** Id */
            id: string;
            /** Late S */
            late_s: number;
            /** Number */
            number: string;
            /** State */
            state: string;
            /** State Title */
            state_title: {
                [key: string]: string;
            };
            /** Unit */
            unit: string | null;
            /** Unit Grid */
            unit_grid: string | null;
            /** Unit Title */
            unit_title: {
                [key: string]: string;
            } | null;
        };
        /**
         * LedgerOut
         * @description A ledger as a pack declares it.
         */
        LedgerOut: {
            /**
             * Along
             * @description its entries tell of stretches of their thing, a line
             */
            along: boolean;
            /** Balance */
            balance: boolean;
            /**
             * Dimensions
             * @description fields that lists are narrowed and sums are made by
             */
            dimensions: string[];
            /**
             * Entries
             * @description entries that stand
             */
            entries: number;
            /**
             * Last
             * @description the newest day
             */
            last: string | null;
            /** May Enter */
            may_enter: boolean;
            /** Name */
            name: string;
            /**
             * Needs
             * @description JSON Schema of its fields
             */
            needs: {
                [key: string]: unknown;
            };
            /**
             * Of
             * @description register of the things it is about
             */
            of: string | null;
            /**
             * Pack
             * @description digest of the version in force
             */
            pack: string;
            /**
             * Quantity
             * @description what they add up to
             */
            quantity: string;
            /**
             * Store
             * @description fields that, with the thing, name a store
             */
            store: string[];
            /** Title */
            title: {
                [key: string]: string;
            };
            /** Titles */
            titles: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /**
             * Unit
             * @description unit of measure of its entries
             */
            unit: string;
            /**
             * Unit Also
             * @description units that are converted into it
             */
            unit_also: string[];
            /** Unit Title */
            unit_title: {
                [key: string]: string;
            };
        };
        /**
         * LedgerSumOut
         * @description What entries add up to.
         */
        LedgerSumOut: {
            /**
             * Entries
             * @description entries that stand
             */
            entries: number;
            /** Label */
            label: {
                [key: string]: string;
            } | null;
            /**
             * Period
             * @description its first day
             */
            period: string | null;
            /** Quantity */
            quantity: string;
            /**
             * Value
             * @description of what they are summed by; empty: of all, or of those without one
             */
            value: string;
        };
        /**
         * LineOut
         * @description One line of a list.
         */
        LineOut: {
            /** Case Id */
            case_id?: string | null;
            /** Category */
            category: string | null;
            /** Closed At */
            closed_at?: string | null;
            /** Due */
            due?: string | null;
            /** External Id */
            external_id?: string | null;
            /** Filed At */
            filed_at?: string | null;
            /** Handed Back At */
            handed_back_at?: string | null;
            /** Id */
            id: string;
            /** Lat */
            lat: number | null;
            /** Lon */
            lon: number | null;
            /** Number */
            number?: string | null;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Outcome */
            outcome?: string | null;
            /** Overdue */
            overdue?: boolean | null;
            /** Source */
            source: string | null;
            /** State */
            state: string;
            /** Suspended */
            suspended?: boolean | null;
            /**
             * Tags
             * @default []
             */
            tags?: string[];
            titles?: components["schemas"]["TitlesOut"] | null;
            /** Unit */
            unit?: string | null;
            /** Unit Grid */
            unit_grid: string | null;
            /** Version */
            version: number;
        };
        /**
         * LinkForm
         * @description Something that belongs to it.
         */
        LinkForm: {
            /** Id */
            id: string;
            /**
             * Kind
             * @example case
             */
            kind: string;
        };
        /**
         * ListOf
         * @description The list that holds exactly the records of a number: `GET /api/cases` or `/api/reports` with this filter.
         */
        ListOf: {
            /**
             * Filter
             * @example {
             *       "state": [
             *         "filed"
             *       ]
             *     }
             */
            filter: {
                [key: string]: unknown;
            };
            /**
             * Kind
             * @enum {string}
             */
            kind: "case" | "report";
        };
        /**
         * ListOut
         * @description The words of a list.
         */
        ListOut: {
            /** Actions */
            actions: components["schemas"]["ActionWordOut"][];
            /** Clocks */
            clocks: components["schemas"]["WordOut"][];
            /** Fields */
            fields: components["schemas"]["FieldOut"][];
            /**
             * Kind
             * @enum {string}
             */
            kind: "case" | "report";
            /**
             * Outcomes
             * @description of reports: what can come of one
             */
            outcomes: string[];
            /**
             * Sources
             * @example [
             *       "collector",
             *       "public"
             *     ]
             */
            sources: string[];
            /** States */
            states: components["schemas"]["xiuhua__loop__lists__describe_api__StateOut"][];
        };
        /**
         * MachineForm
         * @description What makes two messages of machines the same.
         */
        MachineForm: {
            /**
             * Kind
             * @example full
             */
            kind: string;
            /**
             * Thing
             * @example bin-0231
             */
            thing: string;
        };
        /**
         * MandateForm
         * @description What the owner of a case demands of us.
         */
        MandateForm: {
            /**
             * Answer Fields
             * @default []
             */
            answer_fields?: string[];
            /**
             * Closes
             * @default owner
             * @enum {string}
             */
            closes?: "owner" | "us";
            /** Due */
            due?: string | null;
            /** Number */
            number: string;
            /** Owner */
            owner: string;
            /** Return Until */
            return_until?: string | null;
        };
        /**
         * ManyForm
         * @description The same action on several.
         */
        ManyForm: {
            /** Action */
            action: string;
            /** At */
            at?: string | null;
            /** Fields */
            fields?: {
                [key: string]: unknown;
            };
            /** Ids */
            ids: string[];
            /** Reason */
            reason?: string | null;
        };
        /**
         * ManyOut
         * @description What became of one of several.
         */
        ManyOut: {
            /** Error */
            error?: string | null;
            /**
             * Events
             * @default []
             */
            events?: string[];
            /** Id */
            id: string;
            /** State */
            state?: string | null;
            /** Version */
            version?: number | null;
            /** Why */
            why?: string | null;
        };
        /**
         * MappingForm
         * @description How the file is to be read.
         */
        MappingForm: {
            /**
             * Mapping
             * @description which column is which field: docs/how-to/import-reports.md, docs/how-to/registers.md
             * @example {
             *       "columns": {
             *         "external_id": "id",
             *         "text": "text"
             *       },
             *       "constants": {
             *         "source": "hotline_12345"
             *       }
             *     }
             */
            mapping: {
                [key: string]: unknown;
            };
        };
        /**
         * MappingOut
         * @description What became of a category in a newer standard.
         */
        MappingOut: {
            /**
             * Followed
             * @description whether it is gone by; an unsure one is not
             */
            followed: boolean;
            /**
             * How
             * @example renamed
             */
            how: string;
            /**
             * New
             * @description empty when it was dropped
             */
            new: string;
            /** Note */
            note: string;
            /** Trust */
            trust: string;
        };
        /**
         * MapSettings
         * @description How maps are drawn.
         */
        MapSettings: {
            /**
             * Base Maps
             * @description below our own layers; none unless the installation names some
             */
            base_maps: components["schemas"]["BaseMap"][];
            /**
             * Datum
             * @description of every coordinate that this API gives
             * @default wgs84
             * @constant
             */
            datum?: "wgs84";
        };
        /**
         * Me
         * @description Whoever is signed in.
         */
        Me: {
            /**
             * City
             * @example 990101
             */
            city: string;
            /**
             * City Name
             * @example {
             *       "en": "Xiucheng",
             *       "zh": "绣城区"
             *     }
             */
            city_name: {
                [key: string]: string;
            };
            /**
             * Id
             * @description person code
             * @example P0012
             */
            id: string;
            /**
             * Language
             * @description as Accept-Language asks, else the installation's
             * @enum {string}
             */
            language: "zh" | "en";
            map: components["schemas"]["MapSettings"];
            /**
             * Must Change Password
             * @description nothing but /api/me and signing out is open before
             * @default false
             */
            must_change_password?: boolean;
            /**
             * Must Set Second Factor
             * @description the same
             * @default false
             */
            must_set_second_factor?: boolean;
            /** Name */
            name: string;
            /**
             * Permissions
             * @example [
             *       "case.read",
             *       "case.act"
             *     ]
             */
            permissions: string[];
            /** Posts */
            posts: components["schemas"]["xiuhua__platform__identity__forms__PostOut"][];
            /** Roles */
            roles: components["schemas"]["RoleHeld"][];
            server: components["schemas"]["Server"];
            /**
             * Units
             * @description whose desks the posts are at
             */
            units: components["schemas"]["Named"][];
            /**
             * Via
             * @example session
             */
            via: string;
        };
        /**
         * MediaOut
         * @description A photo or recording that is kept: its id goes into reports and actions.
         */
        MediaOut: {
            /** Height */
            height: number | null;
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "photo" | "video" | "audio";
            position: components["schemas"]["PositionOut"] | null;
            /** Taken At */
            taken_at: string | null;
            /** Width */
            width: number | null;
        };
        /**
         * MergeForm
         * @description Which record goes on.
         */
        MergeForm: {
            /** Into */
            into: string;
        };
        /**
         * MineOut
         * @description One's own turn.
         */
        MineOut: {
            /** @description null: not on duty */
            turn: components["schemas"]["TurnOut"] | null;
        };
        /**
         * MissingOut
         * @description One of the six fixings that a duty grid lacks.
         */
        MissingOut: {
            /** Duty Grid */
            duty_grid: string;
            /**
             * Fixing
             * @description person, time, post, duty, standard or reward_penalty
             */
            fixing: string;
            /**
             * Person
             * @description whose card; empty: the grid has none
             */
            person: string;
            /**
             * Why
             * @description no_card, empty, no_active_person or post_not_held
             */
            why: string;
        };
        /**
         * MovedOut
         * @description A past case that would have gone elsewhere.
         */
        MovedOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * By Draft
             * @description whether the draft is the reason, rather than what people did
             */
            by_draft: boolean;
            /** Category */
            category: string;
            /** Id */
            id: string;
            /** In Force Says */
            in_force_says: string;
            /** Went To */
            went_to: string;
            /**
             * Would Go To
             * @description a unit, or `gap`, `tie`, `nobody`
             */
            would_go_to: string;
        };
        /**
         * MoveForm
         * @description Into another state.
         */
        MoveForm: {
            /** Reason */
            reason?: string | null;
            /** To */
            to: string;
        };
        /**
         * MoveManyForm
         * @description The same for many: those chosen, or else all that the filter finds.
         */
        MoveManyForm: {
            /**
             * After
             * @description of a filter: behind this key
             */
            after?: string | null;
            /** Ids */
            ids?: string[] | null;
            /** Reason */
            reason?: string | null;
            /** To */
            to: string;
        };
        /**
         * MultiPolygon
         * @description Several of them.
         */
        MultiPolygon: {
            /** Coordinates */
            coordinates: number[][][][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "MultiPolygon";
        };
        /**
         * Named
         * @description A city or a unit by its code.
         */
        Named: {
            /**
             * Code
             * @example sanitation
             */
            code: string;
            /**
             * Name
             * @example {
             *       "en": "Sanitation office",
             *       "zh": "环卫所"
             *     }
             */
            name: {
                [key: string]: string;
            };
        };
        /**
         * NamedOut
         * @description A thing that is called so.
         */
        NamedOut: {
            /** Called */
            called: string;
            /** Id */
            id: string;
            /**
             * Kind
             * @example record
             * @example case
             * @example proceeding
             * @example document
             */
            kind: string;
            /**
             * Link
             * @description address within the console
             */
            link: string;
            /**
             * Name
             * @description its number or key; empty for what has none
             */
            name: string;
            /**
             * Note
             * @description what it is, and how it stands
             */
            note: {
                [key: string]: string;
            };
        };
        /**
         * NamedUnitOut
         * @description A unit that answers for a case, and why.
         */
        NamedUnitOut: {
            /**
             * Title
             * @example {
             *       "en": "Sanitation Office",
             *       "zh": "环境卫生管理所"
             *     }
             */
            title: {
                [key: string]: string;
            };
            /**
             * Unit
             * @example sanitation
             */
            unit: string;
            /**
             * Why
             * @description the duty row that decides
             * @example {
             *       "by": "row",
             *       "row": "77"
             *     }
             */
            why: {
                [key: string]: unknown;
            };
        };
        /**
         * NewFilterForm
         * @description A filter to be kept.
         */
        NewFilterForm: {
            filter: components["schemas"]["FilterForm"];
            /**
             * Kind
             * @enum {string}
             */
            kind: "case" | "report";
            /**
             * Role
             * @description one of one's own: whoever holds it sees the filter
             */
            role?: string | null;
            /**
             * Title
             * @example Overdue in my area
             */
            title: string;
        };
        /**
         * NoteForm
         * @description What the next shift should know.
         */
        NoteForm: {
            /**
             * Note
             * @example 东街塌陷点已围挡，夜间须复看。
             */
            note: string;
        };
        /**
         * NoticeOut
         * @description One notice, in both languages.
         */
        NoticeOut: {
            /**
             * At
             * Format: date-time
             * @description when it happened, or grew late
             */
            at: string;
            /**
             * Head
             * @example {
             *       "en": "To be received",
             *       "zh": "待签收"
             *     }
             */
            head: {
                [key: string]: string;
            };
            /**
             * Id
             * @example 0195a1b2-0000-7000-8000-000000000001
             */
            id: string;
            /**
             * Kind
             * @description of the subject: case, report; null for the digest
             * @example case
             */
            kind: string | null;
            /**
             * Name
             * @description as the pack calls it
             * @example to_receive
             */
            name: string;
            /**
             * Number
             * @example 990101-20260302-0001
             */
            number: string | null;
            /** Read At */
            read_at: string | null;
            /**
             * Shown At
             * Format: date-time
             * @description when it was told: later than that after quiet hours
             */
            shown_at: string;
            /**
             * Subject
             * @example 0195a1b2-0000-7000-8000-000000000001
             */
            subject: string | null;
            /**
             * Text
             * @example {
             *       "en": "Please receive it.",
             *       "zh": "请及时签收。"
             *     }
             */
            text: {
                [key: string]: string;
            };
            /** Urgent */
            urgent: boolean;
        };
        /**
         * Number
         * @description How many of something.
         */
        Number: {
            /**
             * Code
             * @example hotline_12345
             */
            code: string;
            /** Count */
            count: number;
            records: components["schemas"]["ListOf"];
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * Numbers
         * @description Parts that add up.
         */
        Numbers: {
            /** Items */
            items: components["schemas"]["Number"][];
            records: components["schemas"]["ListOf"];
            /** Total */
            total: number;
        };
        /**
         * NumbersOut
         * @description The numbers of an area; the counts of each list add up to `total`.
         */
        NumbersOut: {
            /** By Category */
            by_category: components["schemas"]["Counted"][];
            /**
             * By Light
             * @description grey, green, yellow, red
             * @example {
             *       "green": 12,
             *       "red": 1
             *     }
             */
            by_light: {
                [key: string]: number;
            };
            /**
             * By State
             * @description most first
             */
            by_state: components["schemas"]["Counted"][];
            /**
             * By Unit
             * @description of the unit that has it; code empty: none yet
             */
            by_unit: components["schemas"]["Counted"][];
            /**
             * Handled
             * @description whose handling has ended: what the median is of
             */
            handled: number;
            /** Light Records */
            light_records?: {
                [key: string]: components["schemas"]["ListOf"];
            } | null;
            /**
             * Median Handling S
             * @description seconds by the wall clock from start to stop of handling
             */
            median_handling_s: number | null;
            /**
             * Open
             * @description not ended
             */
            open: number;
            open_records?: components["schemas"]["ListOf"] | null;
            /** @description the list of `total` */
            records?: components["schemas"]["ListOf"] | null;
            /** Total */
            total: number;
        };
        /**
         * OnTime
         * @description What was handed back on time.
         */
        OnTime: {
            /**
             * Denominator
             * @description handed back
             */
            denominator: number;
            denominator_records: components["schemas"]["ListOf"];
            /**
             * Numerator
             * @description handed back on time
             */
            numerator: number;
            numerator_records: components["schemas"]["ListOf"];
            /**
             * Percent
             * @description two decimals
             * @example 98.53
             */
            percent: number;
        };
        /**
         * OverlapOut
         * @description A person is planned twice at a time.
         */
        OverlapOut: {
            /**
             * Begins
             * Format: date-time
             */
            begins: string;
            /**
             * Ends
             * Format: date-time
             */
            ends: string;
            /** Name */
            name: string;
            /** Person */
            person: string;
            /** Turns */
            turns: string[];
        };
        /**
         * PackDetail
         * @description A pack in force with what it declares and what a check finds.
         */
        PackDetail: {
            /** Declarations */
            declarations: components["schemas"]["DeclaredOut"][];
            /**
             * Declared
             * @description kind of declaration → how many
             * @example {
             *       "procedures": 2
             *     }
             */
            declared: {
                [key: string]: number;
            };
            description: components["schemas"]["Words"] | null;
            /**
             * Digest
             * @description of all that runs; running cases keep the one that they began under
             */
            digest: string;
            /** Found */
            found: components["schemas"]["ProblemOut"][];
            /**
             * Name
             * @example city-case
             */
            name: string;
            /** Needs */
            needs: string[];
            /**
             * Problems
             * @description how many errors the check finds now; none when it agrees with the others
             */
            problems: number;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /**
             * Source
             * @description where facts in it come from, and how sure they are
             */
            source: string | null;
            title: components["schemas"]["Words"];
            /** Version */
            version: number;
        };
        /**
         * PackOut
         * @description A pack in force.
         */
        PackOut: {
            /**
             * Declared
             * @description kind of declaration → how many
             * @example {
             *       "procedures": 2
             *     }
             */
            declared: {
                [key: string]: number;
            };
            description: components["schemas"]["Words"] | null;
            /**
             * Digest
             * @description of all that runs; running cases keep the one that they began under
             */
            digest: string;
            /**
             * Name
             * @example city-case
             */
            name: string;
            /** Needs */
            needs: string[];
            /**
             * Problems
             * @description how many errors the check finds now; none when it agrees with the others
             */
            problems: number;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            title: components["schemas"]["Words"];
            /** Version */
            version: number;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_AccessOut_: {
            /** Items */
            items: components["schemas"]["AccessOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_AccountOut_: {
            /** Items */
            items: components["schemas"]["AccountOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_AreaOut_: {
            /** Items */
            items: components["schemas"]["xiuhua__city__areas__forms__AreaOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_BalanceOut_: {
            /** Items */
            items: components["schemas"]["BalanceOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_BulkItemOut_: {
            /** Items */
            items: components["schemas"]["BulkItemOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_CampaignLineOut_: {
            /** Items */
            items: components["schemas"]["CampaignLineOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_CategoryOut_: {
            /** Items */
            items: components["schemas"]["xiuhua__city__categories__forms__CategoryOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_DocumentLineOut_: {
            /** Items */
            items: components["schemas"]["DocumentLineOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_DutyOut_: {
            /** Items */
            items: components["schemas"]["DutyOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_EntryOut_: {
            /** Items */
            items: components["schemas"]["EntryOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_HitOut_: {
            /** Items */
            items: components["schemas"]["HitOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_ImportOut_: {
            /** Items */
            items: components["schemas"]["ImportOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_InspectionLineOut_: {
            /** Items */
            items: components["schemas"]["InspectionLineOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_JobOut_: {
            /** Items */
            items: components["schemas"]["JobOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_LineOut_: {
            /** Items */
            items: components["schemas"]["LineOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_MissingOut_: {
            /** Items */
            items: components["schemas"]["MissingOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_NoticeOut_: {
            /** Items */
            items: components["schemas"]["NoticeOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_PersonOut_: {
            /** Items */
            items: components["schemas"]["PersonOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_PostOut_: {
            /** Items */
            items: components["schemas"]["xiuhua__city__units__forms__PostOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_ProceedingLineOut_: {
            /** Items */
            items: components["schemas"]["ProceedingLineOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_RecordLineOut_: {
            /** Items */
            items: components["schemas"]["RecordLineOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_ResultOut_: {
            /** Items */
            items: components["schemas"]["ResultOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_RoundLineOut_: {
            /** Items */
            items: components["schemas"]["RoundLineOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_RuleFindingOut_: {
            /** Items */
            items: components["schemas"]["RuleFindingOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * Page
         * @description A part of a list. `next` is the cursor of the part behind it, null at the end (also as a Link header).
         */
        Page_UnitOut_: {
            /** Items */
            items: components["schemas"]["xiuhua__city__units__forms__UnitOut"][];
            /**
             * Next
             * @example WyIwMDQyIl0
             */
            next?: string | null;
        };
        /**
         * PairOut
         * @description Ids of what one leg began with, what the handler sent, and what the check found.
         */
        PairOut: {
            /** After */
            after: string[];
            /** Before */
            before: string[];
            /** Check */
            check: string[];
            /** Leg */
            leg: number;
        };
        /**
         * PartForm
         * @description How far a part of a task tree is.
         */
        PartForm: {
            /**
             * Note
             * @default
             */
            note?: string;
            /**
             * Share
             * @description percent
             */
            share: number | string;
        };
        /**
         * PartOut
         * @description A part of a task tree.
         */
        PartOut: {
            /**
             * Due
             * @description month and day of each year
             */
            due: string | null;
            /**
             * Follows
             * @description worked out from its parts or plan: nobody says it
             */
            follows: boolean;
            /** Name */
            name: string;
            /** Note */
            note: string;
            /** Plan */
            plan: string | null;
            /**
             * Share
             * @description percent; of what stands over others their mean
             */
            share: string;
            /** Title */
            title: {
                [key: string]: string;
            };
            /** Under */
            under: string | null;
        };
        /**
         * PartyOut
         * @description One of several who score.
         */
        PartyOut: {
            /** Name */
            name: string;
            /** Own */
            own: boolean;
            /** Roles */
            roles: string[];
            /** Title */
            title: {
                [key: string]: string;
            };
            /** Weight */
            weight: string;
        };
        /**
         * PasswordChange
         * @description The old password and the one chosen.
         */
        PasswordChange: {
            /**
             * New
             * @example K7m-R2p-Q9x-W4d
             */
            new: string;
            /**
             * Old
             * @example K7m-R2p-Q9x-W4d
             */
            old: string;
        };
        /**
         * PasswordOut
         * @description A password for the first sign-in: shown once, kept nowhere.
         */
        PasswordOut: {
            /**
             * Name
             * @example dispatcher01
             */
            name: string;
            /**
             * Password
             * @example K7m-R2p-Q9x-W4d
             */
            password: string;
        };
        /**
         * PasswordProof
         * @description The password once more.
         */
        PasswordProof: {
            /**
             * Password
             * @example K7m-R2p-Q9x-W4d
             */
            password: string;
        };
        /**
         * PeekOut
         * @description What a file holds, and how it may be read.
         */
        PeekOut: {
            /** Columns */
            columns: components["schemas"]["ColumnOut"][];
            /**
             * Fields
             * @description all that a column may be
             */
            fields: components["schemas"]["ImportFieldOut"][];
            /**
             * Guess
             * @description field → title of a column, guessed by its name
             */
            guess: {
                [key: string]: string;
            };
            /** Header Row */
            header_row: number;
            /** @description the kept mapping that fits best */
            kept: components["schemas"]["KeptMapping"] | null;
            /** Sheet */
            sheet: string;
            /** Sheets */
            sheets: string[];
            /**
             * Values
             * @description field → the values that its words are translated into
             */
            values: {
                [key: string]: string[];
            };
        };
        /**
         * PeriodOut
         * @description A period of a plan, or a key of it.
         */
        PeriodOut: {
            /**
             * First
             * Format: date
             */
            first: string;
            /**
             * Last
             * Format: date
             */
            last: string;
            /** Name */
            name: string;
            sum: components["schemas"]["SumOut"];
            /** Title */
            title: string;
        };
        /**
         * PersonOut
         * @description Someone on the staff of a unit, with every post held.
         */
        PersonOut: {
            /**
             * Code
             * @example officer-roads
             */
            code: string;
            /** Name */
            name: string;
            /** Posts */
            posts: components["schemas"]["HeldOut"][];
            /**
             * Unit
             * @example roads
             */
            unit: string;
        };
        /**
         * PhotoOut
         * @description One photo where an action named it; `by` is empty for those of reports that were joined.
         */
        PhotoOut: {
            /** Alike */
            alike: components["schemas"]["AlikeOut"][];
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By */
            by: string;
            /** Distance M */
            distance_m: number | null;
            /** Id */
            id: string;
            /** Kind */
            kind: ("photo" | "video" | "audio") | null;
            /** Leg */
            leg: number;
            /**
             * Phase
             * @enum {string}
             */
            phase: "report" | "before" | "stage" | "after" | "check";
            position: components["schemas"]["PositionOut"] | null;
            /** Taken At */
            taken_at: string | null;
        };
        /**
         * PieceOut
         * @description A paragraph of two versions laid beside each other.
         */
        PieceOut: {
            /** Text */
            text: string;
            /**
             * What
             * @example same
             * @example added
             * @example removed
             */
            what: string;
        };
        /**
         * PlaceForm
         * @description Where: a point with its datum, the unit grid, or words.
         */
        PlaceForm: {
            /**
             * Datum
             * @default wgs84
             * @enum {string}
             */
            datum?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
            /**
             * Lat
             * @example 29.1045
             */
            lat?: number | null;
            /**
             * Lon
             * @example 105.3123
             */
            lon?: number | null;
            /** Part */
            part?: string | null;
            /** Road Segment */
            road_segment?: string | null;
            /** Unit Grid */
            unit_grid?: string | null;
            /** Words */
            words?: string | null;
        };
        /**
         * PlanEventOut
         * @description One step of a plan's history.
         */
        PlanEventOut: {
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Payload */
            payload: {
                [key: string]: unknown;
            };
            /** Type */
            type: string;
            /** Version */
            version: number;
        };
        /**
         * PlanOut
         * @description A plan and how its running period stands.
         */
        PlanOut: {
            /**
             * By Quantity
             * @description quantities are added up; else deeds are counted
             */
            by_quantity: boolean;
            /** Done By */
            done_by: {
                [key: string]: string;
            };
            /** Every */
            every: string | null;
            /**
             * Grace
             * @description days after a period in which it may still be entered, on time
             */
            grace: number;
            /** May Keep */
            may_keep: boolean;
            /** Name */
            name: string;
            /**
             * Pack
             * @description digest of the version in force
             */
            pack: string;
            /** Parts */
            parts: components["schemas"]["PartOut"][];
            /** Per */
            per: string | null;
            /**
             * Period
             * @description the running one
             */
            period: string | null;
            /** Roster */
            roster: boolean;
            running: components["schemas"]["SumOut"];
            /** Shifts */
            shifts: components["schemas"]["ShiftOut"][];
            /**
             * Since
             * @description from when periods are told; null: not yet in use
             */
            since: string | null;
            /** Targets */
            targets: components["schemas"]["TargetOut"][];
            /** Title */
            title: {
                [key: string]: string;
            };
            /**
             * Unit
             * @description unit of measure
             */
            unit: string | null;
            /**
             * Unmeasured
             * @description kinds of `done_by` that nothing here measures
             */
            unmeasured: string[];
            /** Version */
            version: number;
            /** Work Days */
            work_days: boolean;
        };
        /**
         * Polygon
         * @description A GeoJSON polygon: its outline, then its holes.
         */
        Polygon: {
            /**
             * Coordinates
             * @example [
             *       [
             *         [
             *           105.3,
             *           29.1
             *         ],
             *         [
             *           105.33,
             *           29.1
             *         ],
             *         [
             *           105.33,
             *           29.13
             *         ],
             *         [
             *           105.3,
             *           29.1
             *         ]
             *       ]
             *     ]
             */
            coordinates: number[][][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Polygon";
        };
        /**
         * PositionForm
         * @description Where a phone was.
         */
        PositionForm: {
            /** Accuracy M */
            accuracy_m?: number | null;
            /**
             * At
             * Format: date-time
             * @description by the phone
             * @example 2026-03-02T09:00:05+08:00
             */
            at: string;
            /**
             * Lat
             * @example 29.1045
             */
            lat: number;
            /**
             * Lon
             * @example 105.3123
             */
            lon: number;
            /**
             * Mock
             * @description the phone says that the place was put in by a program
             * @default false
             */
            mock?: boolean;
        };
        /**
         * PositionOut
         * @description Where the camera says that it stood, in the datum that it notes.
         */
        PositionOut: {
            /** Datum */
            datum: string | null;
            /** Lat */
            lat: number;
            /** Lon */
            lon: number;
        };
        /**
         * PostForm
         * @description A line of the log.
         */
        PostForm: {
            /**
             * Photos
             * @description ids of media
             */
            photos?: string[];
            /** Text */
            text: string;
        };
        /**
         * PresenceOut
         * @description On duty without a turn.
         */
        PresenceOut: {
            /**
             * Begins
             * Format: date-time
             */
            begins: string;
            /**
             * Ends
             * Format: date-time
             */
            ends: string;
            /** Name */
            name: string;
            /** Person */
            person: string;
        };
        /**
         * PreviewOut
         * @description What would become of a table; nothing was kept of it.
         */
        PreviewOut: {
            /**
             * About
             * @description cells that said that their number is only about right
             */
            about: number;
            /** Changed */
            changed: number;
            /** Columns */
            columns: string[];
            /** New */
            new: number;
            /** Reasons */
            reasons: components["schemas"]["ReasonOut"][];
            /** Rejected */
            rejected: number;
            /**
             * Rows
             * @description some of each fate
             */
            rows: components["schemas"]["TriedOut"][];
            /** Skipped */
            skipped: number;
            /** Unchanged */
            unchanged: number;
            /**
             * Unused
             * @description columns that nothing is read from
             */
            unused: string[];
            /**
             * Whole
             * @description whether all rows of the file were looked at, not only the first
             */
            whole: boolean;
        };
        /**
         * Problem
         * @description Every error, in the reader's language (RFC 9457). Codes: docs/reference/errors.md.
         * @example {
         *       "code": "invalid",
         *       "detail": "填写有误，请按列出的各项改正。",
         *       "errors": [
         *         {
         *           "field": "name",
         *           "in": "body",
         *           "reason": "missing",
         *           "why": "必填"
         *         }
         *       ],
         *       "status": 422,
         *       "title": "填写有误，请按列出的各项改正。",
         *       "type": "urn:xiuhua:error:invalid"
         *     }
         */
        Problem: {
            code: string;
            detail: string;
            errors: {
                [key: string]: unknown;
            }[];
            status: number;
            title: string;
            type: string;
        };
        /**
         * ProblemOut
         * @description One error that a check found.
         */
        ProblemOut: {
            /** Code */
            code: string;
            /** Hint */
            hint: string;
            /**
             * Path
             * @description where in the declarations
             * @example city_case.actions.dispatch.to
             */
            path: string;
            /** Why */
            why: string;
        };
        /**
         * ProcedureOut
         * @description A procedure in force, and how this person may begin it.
         */
        ProcedureOut: {
            /** Begin */
            begin: components["schemas"]["ActionOut"][];
            /** Name */
            name: string;
            /** Round */
            round: boolean;
            /** States */
            states: components["schemas"]["StepOut"][];
            /** Subject */
            subject: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * ProceedingLineOut
         * @description A proceeding in a list.
         */
        ProceedingLineOut: {
            about: components["schemas"]["xiuhua__proceedings__forms__ThingOut"] | null;
            children: components["schemas"]["ChildrenOut"];
            /** Closed At */
            closed_at: string | null;
            /** Day */
            day: string | null;
            /** Due */
            due: string | null;
            /** Id */
            id: string;
            /** Late */
            late: boolean;
            /** Number */
            number: string | null;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Outcome */
            outcome: string | null;
            /** Parent */
            parent: string | null;
            /** Person */
            person: string | null;
            /** Person Name */
            person_name: {
                [key: string]: string;
            } | null;
            /** Procedure */
            procedure: string;
            /** Procedure Title */
            procedure_title: {
                [key: string]: string;
            };
            /** State */
            state: string;
            /** State Title */
            state_title: {
                [key: string]: string;
            };
            /** Subject */
            subject: string;
            /** Title */
            title: string;
            /** Unit */
            unit: string | null;
            /** Unit Name */
            unit_name: {
                [key: string]: string;
            } | null;
            /** Version */
            version: number;
        };
        /**
         * ProceedingOut
         * @description A proceeding with all that is known of it.
         */
        ProceedingOut: {
            about: components["schemas"]["xiuhua__proceedings__forms__ThingOut"] | null;
            /** Actions */
            actions: components["schemas"]["ActionOut"][];
            /** Begun By */
            begun_by: {
                [key: string]: string;
            } | null;
            children: components["schemas"]["ChildrenOut"];
            /** Clocks */
            clocks: components["schemas"]["ClockOut"][];
            /** Closed */
            closed: string | null;
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /** Due */
            due: string | null;
            /** Fields */
            fields: {
                [key: string]: components["schemas"]["DataFieldOut"];
            };
            /** Id */
            id: string;
            /** Late */
            late: boolean;
            /** Names */
            names: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** Number */
            number: string | null;
            /**
             * Opened
             * Format: date-time
             */
            opened: string;
            /** Outcome */
            outcome: string | null;
            parent: components["schemas"]["xiuhua__proceedings__forms__ThingOut"] | null;
            /** Procedure */
            procedure: string;
            /** Procedure Title */
            procedure_title: {
                [key: string]: string;
            };
            /** Sides */
            sides: components["schemas"]["SideOut"][];
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** State */
            state: string;
            /** Subject */
            subject: string;
            /** Title */
            title: string;
            titles: components["schemas"]["TitlesOut"];
            /** Tracks */
            tracks: {
                [key: string]: unknown;
            };
            /** Version */
            version: number;
        };
        /**
         * ProgressOut
         * @description A plan over some whole periods.
         */
        ProgressOut: {
            /**
             * First
             * Format: date
             */
            first: string;
            /**
             * Keys
             * @description those with the most missed periods first
             */
            keys: components["schemas"]["PeriodOut"][];
            /**
             * Last
             * Format: date
             */
            last: string;
            /**
             * Missed
             * @description the latest first, at most a thousand; `total` tells how many there are
             */
            missed: components["schemas"]["CellOut"][];
            /** Periods */
            periods: components["schemas"]["PeriodOut"][];
            /** Plan */
            plan: string;
            total: components["schemas"]["SumOut"];
            /** Unmeasured */
            unmeasured: string[];
        };
        /**
         * ProviderOut
         * @description Where the browser goes on to.
         */
        ProviderOut: {
            /**
             * Url
             * @description of the provider's own sign-out; null where it has none
             */
            url: string | null;
        };
        /**
         * PublishForm
         * @description From when and until when; told nothing, from today on and as long as the kind says.
         */
        PublishForm: {
            /** Since */
            since?: string | null;
            /**
             * Until
             * @description the last day in force
             */
            until?: string | null;
        };
        /**
         * PutOut
         * @description What became of a row.
         */
        PutOut: {
            /** Id */
            id: string | null;
            /** Problems */
            problems: {
                [key: string]: string;
            }[];
            /**
             * Status
             * @example new
             * @example unchanged
             * @example rejected
             */
            status: string;
        };
        /**
         * QueueOut
         * @description What waits in one room.
         */
        QueueOut: {
            /**
             * Count
             * @description 100: that many or more
             */
            count: number;
            /**
             * Late
             * @description how many of them should have been done by now
             */
            late: number;
            /**
             * Link
             * @description address within the console of exactly these
             */
            link: string;
            /**
             * Name
             * @example change_requests
             * @example document_approvals
             * @example recheck
             */
            name: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * RankedOut
         * @description One line of a ranking.
         */
        RankedOut: {
            /** Band */
            band: string | null;
            /**
             * Before
             * @description its rank in the closed round before
             */
            before: number | null;
            /** Called */
            called: string;
            /**
             * List
             * @description red, black
             */
            list: string | null;
            /**
             * Name
             * @description id of the thing, or code of the unit or area
             */
            name: string;
            /**
             * Rank
             * @description null: nothing to rank it by
             */
            rank: number | null;
            /** Score */
            score: string | null;
            /**
             * Up
             * @description ranks it rose since; negative: it fell
             */
            up: number | null;
        };
        /**
         * Rate
         * @description What a unit handed back on time.
         */
        Rate: {
            /**
             * Denominator
             * @description handed back
             */
            denominator: number;
            denominator_records: components["schemas"]["ListOf"];
            /**
             * Numerator
             * @description handed back on time
             */
            numerator: number;
            numerator_records: components["schemas"]["ListOf"];
            /**
             * Percent
             * @description two decimals
             * @example 98.53
             */
            percent: number;
            /** Title */
            title: {
                [key: string]: string;
            };
            /** Unit */
            unit: string;
        };
        /**
         * ReadForm
         * @description Which notices were read: these, or all that were shown up to a moment.
         */
        ReadForm: {
            /**
             * Ids
             * @default []
             * @example [
             *       "0195a1b2-0000-7000-8000-000000000001"
             *     ]
             */
            ids?: string[];
            /** Until */
            until?: string | null;
        };
        /**
         * ReasonForm
         * @description Why.
         */
        ReasonForm: {
            /** Reason */
            reason: string;
        };
        /**
         * ReasonOut
         * @description A kind of fault, over all rows that have it.
         */
        ReasonOut: {
            /**
             * Column
             * @description empty: the whole row
             */
            column: string;
            /** Count */
            count: number;
            /** En */
            en: string;
            /**
             * Rows
             * @description the first few
             */
            rows: number[];
            /** Zh */
            zh: string;
        };
        /**
         * ReceiptOut
         * @description What became of a report.
         */
        ReceiptOut: {
            /**
             * Case
             * @description id of the case that it has become or joined
             */
            case?: string | null;
            /** External Id */
            external_id: string;
            /** Id */
            id?: string | null;
            /**
             * Problems
             * @default []
             */
            problems?: {
                [key: string]: string;
            }[];
            /** State */
            state?: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "new" | "unchanged" | "rejected" | "counted";
            suggestion?: components["schemas"]["SuggestionOut"] | null;
        };
        /**
         * RecheckForm
         * @description Whether it was.
         */
        RecheckForm: {
            /**
             * At
             * @description when it was done, if earlier than now
             */
            at?: string | null;
            /** Note */
            note?: string | null;
            /** Passed */
            passed: boolean;
            /**
             * Photos
             * @description ids of photos sent in before
             */
            photos?: string[];
            /** @description place and time by the device; kept with the event */
            witness?: components["schemas"]["WitnessForm"] | null;
        };
        /**
         * RecheckOut
         * @description A second look.
         */
        RecheckOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By */
            by: string;
            /** Note */
            note: string | null;
            /** Passed */
            passed: boolean;
            /** Photos */
            photos: string[];
        };
        /**
         * RecordEventOut
         * @description One step of a record's history.
         */
        RecordEventOut: {
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Name */
            name: string;
            /** Payload */
            payload: {
                [key: string]: unknown;
            };
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Role */
            role: string;
            /** Type */
            type: string;
            /** Version */
            version: number;
        };
        /**
         * RecordForm
         * @description Fields by name, as the register declares them; of a change those that shall be otherwise (null: emptied).
         */
        RecordForm: {
            /**
             * Fields
             * @example {
             *       "plate": "川S12345"
             *     }
             */
            fields: {
                [key: string]: unknown;
            };
            /**
             * Place
             * @example {
             *       "datum": "gcj02",
             *       "lat": 29.1045,
             *       "lon": 105.3123
             *     }
             */
            place?: {
                [key: string]: unknown;
            } | null;
            /**
             * Shape
             * @description of registers of lines and polygons: a GeoJSON geometry, `datum` beside its coordinates
             * @example {
             *       "coordinates": [
             *         [
             *           105.3123,
             *           29.1045
             *         ],
             *         [
             *           105.3135,
             *           29.1051
             *         ]
             *       ],
             *       "type": "LineString"
             *     }
             */
            shape?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * RecordLineOut
         * @description A record in a list.
         */
        RecordLineOut: {
            /**
             * Asked
             * @description change requests that wait
             */
            asked: number;
            /** Called */
            called: string;
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /** Expires */
            expires: string | null;
            /**
             * Fields
             * @description those that a list shows; of codes as they are
             */
            fields: {
                [key: string]: unknown;
            };
            /** Id */
            id: string;
            /** Key */
            key: string;
            /**
             * Labels
             * @description what units and people among them are called, by code
             */
            labels: {
                [key: string]: string;
            };
            /** Lat */
            lat: number | null;
            /** Lon */
            lon: number | null;
            /** Register Name */
            register_name: string;
            /** State */
            state: string;
            /** State Title */
            state_title: {
                [key: string]: string;
            };
            /** Unit Grid */
            unit_grid: string | null;
            /** Version */
            version: number;
        };
        /**
         * RecordMovedOut
         * @description What became of one of them.
         */
        RecordMovedOut: {
            /** Id */
            id: string;
            /** Key */
            key: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "moved" | "unchanged" | "refused";
            /** Why */
            why: string | null;
        };
        /**
         * RecordOut
         * @description A record with all that is known of it.
         */
        RecordOut: {
            /**
             * Area M2
             * @description of polygons, on the ellipsoid
             */
            area_m2: string | null;
            /** Called */
            called: string;
            /** Change Requests */
            change_requests: components["schemas"]["ChangeRequestOut"][];
            /** Expires */
            expires: string | null;
            /**
             * Expires Field
             * @description the field that says until when
             */
            expires_field: string | null;
            /** Fields */
            fields: {
                [key: string]: unknown;
            };
            /**
             * Figures
             * @description totals of the records that refer to it, and what follows
             */
            figures: components["schemas"]["xiuhua__records__forms__FigureOut"][];
            /** Id */
            id: string;
            /** Key */
            key: string;
            /**
             * Labels
             * @description what units and people among them are called, by code
             */
            labels: {
                [key: string]: string;
            };
            /**
             * Length M
             * @description of lines, along the ellipsoid
             */
            length_m: string | null;
            /** May Ask */
            may_ask: boolean;
            /** May Keep */
            may_keep: boolean;
            /**
             * Merged
             * @description records that went into it
             */
            merged: {
                [key: string]: unknown;
            }[];
            /** Merged Into */
            merged_into: string | null;
            /** Moves */
            moves: components["schemas"]["xiuhua__records__forms__StateOut"][];
            /**
             * Needs
             * @description JSON Schema of its fields
             */
            needs: {
                [key: string]: unknown;
            };
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /**
             * Personal
             * @description what is personal, masked; null: none, or erased
             */
            personal: {
                [key: string]: unknown;
            } | null;
            /** Place */
            place: {
                [key: string]: unknown;
            } | null;
            /**
             * Refs
             * @description records that it refers to
             */
            refs: components["schemas"]["RefOut"][];
            /** Register Name */
            register_name: string;
            /** Register Title */
            register_title: {
                [key: string]: string;
            };
            /** Scopes */
            scopes: string[];
            /**
             * Shape
             * @description a GeoJSON geometry; its place is a point on it
             */
            shape: {
                [key: string]: unknown;
            } | null;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** State */
            state: string;
            /** State Title */
            state_title: {
                [key: string]: string;
            };
            /** @description of a register with `along`: where on its line it is */
            stretch?: components["schemas"]["StretchOut"] | null;
            /**
             * Titles
             * @description what its fields are called, those worked out with them
             */
            titles: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** Unit Grid */
            unit_grid: string | null;
            /**
             * Units
             * @description that answer for it
             */
            units: string[];
            /**
             * Unmet
             * @description what should hold of them and does not
             */
            unmet: {
                [key: string]: string;
            }[];
            /** Version */
            version: number;
        };
        /**
         * RecordsMovedOut
         * @description What became of each, in the order of their keys.
         */
        RecordsMovedOut: {
            /**
             * Next
             * @description the key to go on behind; null: that was all
             */
            next: string | null;
            /** Results */
            results: components["schemas"]["RecordMovedOut"][];
        };
        /**
         * RecoveryCodes
         * @description Codes for a lost phone, each for one time: shown once.
         */
        RecoveryCodes: {
            /**
             * Codes
             * @example [
             *       "h7kq-2m9x-cwpd"
             *     ]
             */
            codes: string[];
        };
        /**
         * RectificationOut
         * @description What must be put right, or was.
         */
        RectificationOut: {
            /**
             * Due
             * Format: date-time
             */
            due: string;
            /** Findings */
            findings: number[];
            /** Item */
            item: string;
            /**
             * Late
             * @description it was not put right in time, at least once
             */
            late: boolean;
            /** May Recheck */
            may_recheck: boolean;
            /** May Rectify */
            may_rectify: boolean;
            /** N */
            n: number;
            /**
             * Round
             * @description 1, and one more with each recheck that failed
             */
            round: number;
            /**
             * State
             * @example open
             * @example rectified
             * @example passed
             */
            state: string;
            /** Tries */
            tries: components["schemas"]["TryOut"][];
        };
        /**
         * RectifiedForm
         * @description What shows that something was put right.
         */
        RectifiedForm: {
            /**
             * At
             * @description when it was done, if earlier than now
             */
            at?: string | null;
            /** Note */
            note?: string | null;
            /**
             * Photos
             * @description ids of photos sent in before
             */
            photos?: string[];
            /** @description place and time by the device; kept with the event */
            witness?: components["schemas"]["WitnessForm"] | null;
        };
        /**
         * RefOut
         * @description A record that another refers to.
         */
        RefOut: {
            /** Called */
            called: string | null;
            /**
             * Fault
             * @description why it is not valid, where the field says that it must be
             */
            fault: ("expired" | "not_in_force" | "missing") | null;
            /** Field */
            field: string;
            /**
             * Id
             * @description null: it is not there any more, or not this person's to see
             */
            id: string | null;
            /** Key */
            key: string;
            /** Register Name */
            register_name: string;
        };
        /**
         * RegisterOut
         * @description A register as a pack declares it.
         */
        RegisterOut: {
            /**
             * Called
             * @description the field that people call it by
             */
            called: string;
            /**
             * Columns
             * @description fields that a list shows
             */
            columns: string[];
            /** Count */
            count: number;
            /**
             * Expires
             * @description the date field after whose day a record is valid no longer
             */
            expires: string | null;
            /**
             * Facets
             * @description fields that lists are narrowed by
             */
            facets: string[];
            /** Geometry */
            geometry: string;
            /**
             * Key
             * @description the field that names a record
             */
            key: string;
            /**
             * Listed
             * @description false: told as numbers only, to whom its records are not
             */
            listed: boolean;
            /** May Add */
            may_add: boolean;
            /** Name */
            name: string;
            /**
             * Needs
             * @description JSON Schema of its fields
             */
            needs: {
                [key: string]: unknown;
            };
            /**
             * Pack
             * @description digest of the version in force
             */
            pack: string;
            /** States */
            states: components["schemas"]["xiuhua__records__forms__StateOut"][];
            /** Title */
            title: {
                [key: string]: string;
            };
            /**
             * Titles
             * @description what its fields are called, those worked out with them
             */
            titles: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /**
             * Warn
             * @description days before that, at which it is told that it will expire
             */
            warn: number;
        };
        /**
         * RepeatOut
         * @description What was reported again and again.
         */
        RepeatOut: {
            /** Cases */
            cases: number;
            /**
             * First
             * Format: date-time
             */
            first: string;
            /** Ids */
            ids: string[];
            /** Key */
            key: string;
            /**
             * Last
             * Format: date-time
             */
            last: string;
            /** Reports */
            reports: number;
        };
        /**
         * ReporterForm
         * @description Who reported; kept apart from the log.
         */
        ReporterForm: {
            /**
             * Anonymous
             * @default false
             */
            anonymous?: boolean;
            /** Contact */
            contact?: string | null;
            /** Name */
            name?: string | null;
        };
        /**
         * ReportForm
         * @description One message from one source; a repeat of (source, external_id) changes nothing.
         */
        ReportForm: {
            /**
             * Advice
             * @description tell what is suggested for it and what it may repeat
             * @default false
             */
            advice?: boolean;
            /**
             * At
             * @description when it was reported; default: now
             */
            at?: string | null;
            /**
             * Category
             * @example GB/T 47678.5/matter/06010
             */
            category?: string | null;
            /**
             * External Id
             * @example 12345-20260302-000123
             */
            external_id: string;
            /** @description of machine sources: told again, it is counted onto the open report of this thing and kind */
            machine?: components["schemas"]["MachineForm"] | null;
            mandate?: components["schemas"]["MandateForm"] | null;
            /**
             * Photos
             * @default []
             */
            photos?: string[];
            /**
             * Photos After
             * @default []
             */
            photos_after?: string[];
            place?: components["schemas"]["PlaceForm"] | null;
            /**
             * Question
             * @default false
             */
            question?: boolean;
            reporter?: components["schemas"]["ReporterForm"] | null;
            /**
             * Self Handled
             * @default false
             */
            self_handled?: boolean;
            /**
             * Source
             * @enum {string}
             */
            source: "collector" | "hotline_12345" | "public" | "video" | "sensor" | "vehicle" | "drone" | "media" | "letter" | "leader" | "upper_level" | "unit";
            /**
             * Tags
             * @default []
             */
            tags?: string[];
            /** Text */
            text: string;
            /** @description done with it at once; if that is refused, all is */
            then?: components["schemas"]["ThenForm"] | null;
            /** Title */
            title?: string | null;
            /** @description place and time by the device of whoever is on duty; kept with the event */
            witness?: components["schemas"]["WitnessForm"] | null;
        };
        /**
         * ResolvedOut
         * @description Who answers for a category at a place, for each duty kind.
         */
        ResolvedOut: {
            /** Answers */
            answers: components["schemas"]["AnswerOut"][];
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Category */
            category: string;
            /** Road Segment */
            road_segment: string | null;
            /**
             * Scopes
             * @description areas around the place, the smallest first
             */
            scopes: string[];
            /** Side */
            side: string | null;
        };
        /**
         * ResultForm
         * @description A rank or score that somebody else decided.
         */
        ResultForm: {
            /**
             * About
             * @description the area or unit ranked; null: the bureau
             */
            about?: string | null;
            /**
             * Figure
             * @description the indicator told by others that it is a value of: rules look at it
             */
            figure?: string | null;
            /**
             * First
             * Format: date
             */
            first: string;
            /**
             * Issuer
             * @example 省住建厅
             */
            issuer: string;
            /**
             * Last
             * Format: date
             */
            last: string;
            /**
             * Level
             * @description province, city, district …
             */
            level?: string | null;
            /** Link */
            link?: string | null;
            /**
             * Note
             * @default
             */
            note?: string;
            /**
             * Of
             * @description how many were ranked
             */
            of?: number | null;
            /**
             * Part
             * @description in the bureau's lead, or as a partner
             * @default lead
             */
            part?: string;
            /**
             * Proof
             * @description ids of media
             */
            proof?: string[];
            /** Rank */
            rank?: number | null;
            /**
             * Title
             * @example 污水处理提质增效攻坚行动
             */
            title: string;
            /** Unit */
            unit?: string | null;
            /** Value */
            value?: number | string | null;
        };
        /**
         * ResultOut
         * @description A result decided elsewhere. It was not computed here.
         */
        ResultOut: {
            /** About */
            about: string | null;
            /** About Title */
            about_title: string | null;
            /**
             * Computed
             * @description always false: others decided it
             * @default false
             */
            computed?: boolean;
            /** Figure */
            figure: string | null;
            /**
             * First
             * Format: date
             */
            first: string;
            /** Id */
            id: string;
            /** Issuer */
            issuer: string;
            /**
             * Last
             * Format: date
             */
            last: string;
            /** Level */
            level: string | null;
            /** Link */
            link: string | null;
            /** Note */
            note: string;
            /** Of */
            of: number | null;
            /** Part */
            part: string;
            /** Proof */
            proof: string[];
            /** Rank */
            rank: number | null;
            /**
             * State
             * @example kept
             * @example withdrawn
             */
            state: string;
            /** Title */
            title: string;
            /** Unit */
            unit: string | null;
            /** Value */
            value: string | null;
            /** Version */
            version: number;
        };
        /**
         * RoadOut
         * @description The nearest road segment.
         */
        RoadOut: {
            /** Code */
            code: string;
            /** Distance M */
            distance_m: number;
            /**
             * Side
             * @description seen in the line's direction
             * @enum {string}
             */
            side: "L" | "R" | "on";
        };
        /**
         * RoleHeld
         * @description A role that one holds in some post.
         */
        RoleHeld: {
            /**
             * Name
             * @example dispatcher
             */
            name: string;
            /**
             * Title
             * @example {
             *       "en": "Dispatcher",
             *       "zh": "派遣员"
             *     }
             */
            title: {
                [key: string]: string;
            };
        };
        /**
         * RoleOut
         * @description A role as declared.
         */
        RoleOut: {
            /**
             * Name
             * @example dispatcher
             */
            name: string;
            /** Permissions */
            permissions: string[];
            /**
             * Title
             * @example {
             *       "en": "Dispatcher",
             *       "zh": "派遣员"
             *     }
             */
            title: {
                [key: string]: string;
            };
        };
        /**
         * RosterOut
         * @description The roster of some days.
         */
        RosterOut: {
            /**
             * First
             * Format: date
             */
            first: string;
            /** Gaps */
            gaps: components["schemas"]["GapOut"][];
            /**
             * Last
             * Format: date
             */
            last: string;
            /** May Keep */
            may_keep: boolean;
            /** Overlaps */
            overlaps: components["schemas"]["OverlapOut"][];
            /** Plan */
            plan: string;
            /** Shifts */
            shifts: components["schemas"]["ShiftOut"][];
            /** Title */
            title: {
                [key: string]: string;
            };
            /** Turns */
            turns: components["schemas"]["RosterTurnOut"][];
            /**
             * Unplanned
             * @description people of this roster on duty at other times
             */
            unplanned: components["schemas"]["PresenceOut"][];
        };
        /**
         * RosterTurnOut
         * @description A turn of a roster.
         */
        RosterTurnOut: {
            /**
             * Begins
             * Format: date-time
             */
            begins: string;
            /** Came */
            came: string | null;
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Ends
             * Format: date-time
             */
            ends: string;
            /** Id */
            id: string;
            /** Late Min */
            late_min: number;
            /** Name */
            name: string;
            /** Person */
            person: string;
            /** Place */
            place: string;
            /** Place Title */
            place_title: string;
            /** Shift */
            shift: string | null;
            /**
             * Standing
             * @example ahead
             * @example on_time
             * @example late
             * @example absent
             * @example running
             */
            standing: string;
            /**
             * Swaps
             * @description from, to, what the two are called, reason, by
             */
            swaps: {
                [key: string]: string;
            }[];
        };
        /**
         * RoundForm
         * @description A round to be opened.
         */
        RoundForm: {
            /**
             * Area
             * @description only what lies there
             */
            area?: string | null;
            /** Checklist */
            checklist: string;
            /**
             * Draw
             * @description so many things at random
             */
            draw?: number | null;
            /**
             * Due
             * Format: date-time
             * @description what is not finished by then is missed
             */
            due: string;
            /**
             * Each
             * @description so many inspectors drawn for each thing; 0: whoever may
             * @default 0
             */
            each?: number;
            /**
             * Field
             * @description of a register: `name=value`
             */
            field?: string[];
            /**
             * Inspectors
             * @description drawn among these; none: all
             */
            inspectors?: string[];
            /**
             * Quota
             * @description so many of each value of `type` at random
             * @example {
             *       "first": 3
             *     }
             */
            quota?: {
                [key: string]: number;
            };
            /**
             * Seed
             * @description of the draw; default: the round's id
             */
            seed?: string | null;
            /**
             * Things
             * @description ids or codes; none: all there are
             */
            things?: string[];
            /** Title */
            title: string;
            /**
             * Type
             * @description the field by which `quota` draws
             */
            type?: string | null;
            /**
             * Units
             * @description who answers for a thing that does not tell
             */
            units?: {
                [key: string]: string;
            };
        };
        /**
         * RoundLineOut
         * @description A round in a list.
         */
        RoundLineOut: {
            /** Checklist */
            checklist: string;
            /** Checklist Title */
            checklist_title: {
                [key: string]: string;
            };
            /** Closed At */
            closed_at: string | null;
            /**
             * Done
             * @description things with a finished inspection
             */
            done: number;
            /**
             * Due
             * Format: date-time
             */
            due: string;
            /** Id */
            id: string;
            /**
             * Missed
             * @description once it is closed
             */
            missed: number | null;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /**
             * State
             * @example open
             * @example closed
             */
            state: string;
            /** Things */
            things: number;
            /** Title */
            title: string;
        };
        /**
         * RoundOut
         * @description A round with its things.
         */
        RoundOut: {
            /** Checklist */
            checklist: string;
            /** Checklist Title */
            checklist_title: {
                [key: string]: string;
            };
            /** Closed At */
            closed_at: string | null;
            /** Done */
            done: number;
            /**
             * Drawn
             * @description seed and numbers of the draw, by which it can be made again
             */
            drawn: {
                [key: string]: unknown;
            } | null;
            /**
             * Due
             * Format: date-time
             */
            due: string;
            /** Id */
            id: string;
            /** Labels */
            labels: {
                [key: string]: string;
            };
            /** May Close */
            may_close: boolean;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Parties */
            parties: components["schemas"]["PartyOut"][];
            /** State */
            state: string;
            /** Things */
            things: components["schemas"]["RoundThingOut"][];
            /** Title */
            title: string;
            /** Version */
            version: number;
        };
        /**
         * RoundThingOut
         * @description A thing of a round.
         */
        RoundThingOut: {
            /** Called */
            called: string;
            /** Id */
            id: string;
            /** Inspectors */
            inspectors: string[];
            /** Key */
            key: string;
            /**
             * Missing
             * @description parties that have not scored it; without parties an empty name
             */
            missing: string[];
            /** Score */
            score: string | null;
            /** Type */
            type: string | null;
            /** Unit */
            unit: string | null;
            /** Unit Name */
            unit_name: string | null;
        };
        /**
         * RuleFindingOut
         * @description Something that a rule has raised.
         */
        RuleFindingOut: {
            /** About */
            about: components["schemas"]["AboutOut"][];
            /** Actions */
            actions: string[];
            /** Alarm */
            alarm: string | null;
            /**
             * Asked
             * @description the change that was proposed: `record`, `n`; or `problem`
             */
            asked: {
                [key: string]: unknown;
            } | null;
            /** By */
            by: string | null;
            /** By Name */
            by_name: string | null;
            /** Id */
            id: string;
            /**
             * Key
             * @description for what it is raised at most once while it is open
             */
            key: string;
            /**
             * Opened
             * @description what was begun for it: kind and id
             * @example task/0195a1b2
             */
            opened: string | null;
            /**
             * Outcome
             * @description what was done, or why nothing was
             */
            outcome: string | null;
            /**
             * Problem
             * @description why what the rule names could not begin
             */
            problem: string | null;
            /**
             * Raised At
             * Format: date-time
             */
            raised_at: string;
            /**
             * Role
             * @description of those who look after it
             */
            role: string | null;
            /** Rule */
            rule: string;
            /** Severity */
            severity: string;
            /**
             * State
             * @example open
             * @example taken
             * @example settled
             * @example dismissed
             */
            state: string;
            /** Task */
            task: string | null;
            /** Title */
            title: {
                [key: string]: string;
            };
            /**
             * Values
             * @description why
             */
            values: {
                [key: string]: unknown;
            };
            /** Version */
            version: number;
        };
        /**
         * RuleOut
         * @description What people are told, as a pack in force declares it.
         */
        RuleOut: {
            /**
             * Also
             * @description ways besides the inbox, for those who gave an address
             */
            also: string[];
            /**
             * Name
             * @example to_receive
             */
            name: string;
            /**
             * On
             * @description event, clock, or the daily digest
             * @example event city_case.Dispatched
             */
            on: string;
            /**
             * Rungs
             * @description of a clock: when each step of the ladder is taken, and who is told then
             */
            rungs: string[];
            /** Subject */
            subject: {
                [key: string]: string;
            };
            /** Text */
            text: {
                [key: string]: string;
            };
            /**
             * Title
             * @example {
             *       "en": "To be received",
             *       "zh": "待签收"
             *     }
             */
            title: {
                [key: string]: string;
            };
            /**
             * To
             * @description `waiting`, `role …`, `person …`
             * @example [
             *       "role unit_officer at unit"
             *     ]
             */
            to: string[];
            /** Urgent */
            urgent: boolean;
        };
        /**
         * RulesOut
         * @description Who is told what, and by which ways this installation tells.
         */
        RulesOut: {
            /**
             * Digest
             * @example 08:00
             */
            digest: string;
            /**
             * Quiet
             * @description hours in which only what is urgent is told
             * @example 22:00-07:00
             */
            quiet: string;
            /** Rules */
            rules: components["schemas"]["RuleOut"][];
            /**
             * Ways
             * @description ways out that are set up, besides the inbox
             * @example [
             *       "webhook",
             *       "mail"
             *     ]
             */
            ways: string[];
        };
        /**
         * RuleTriedOut
         * @description What a dry run came to.
         */
        RuleTriedOut: {
            /** Held */
            held: number;
            /** Looked At */
            looked_at: number;
            /** Raised */
            raised: number;
            /** Samples */
            samples: components["schemas"]["SampleOut"][];
            /**
             * Unclear
             * @description a value was missing
             */
            unclear: number;
            /**
             * Whole
             * @description false: there was more than a dry run looks at
             */
            whole: boolean;
        };
        /**
         * SampleOut
         * @description Something that a dry run would have raised.
         */
        SampleOut: {
            /** About */
            about: components["schemas"]["AboutOut"][];
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Key */
            key: string;
            /** Values */
            values: {
                [key: string]: unknown;
            };
        };
        /**
         * ScoredPartOut
         * @description What one indicator brings; ask its figures for the same period and `where` to open it.
         */
        ScoredPartOut: {
            /** Indicator */
            indicator: string;
            /** Name */
            name: string;
            /**
             * Score
             * @description 0 to 100; null: it has none
             */
            score: string | null;
            /** Value */
            value: string | null;
            /** Weight */
            weight: string;
        };
        /**
         * ScoreLineOut
         * @description One item of a score.
         */
        ScoreLineOut: {
            /** Applies */
            applies: boolean;
            /** Choice */
            choice: string | null;
            /** Count */
            count: number;
            /** Deducted */
            deducted: string;
            /** Failed */
            failed: boolean;
            /** Full */
            full: string;
            /** Given Back */
            given_back: string;
            /** Item */
            item: string;
        };
        /**
         * Server
         * @description The server that answers.
         */
        Server: {
            /**
             * Media Max Bytes
             * @description the largest photo that is taken
             */
            media_max_bytes: number;
            /**
             * Media Recordings
             * @description whether recordings are taken beside photos
             */
            media_recordings: boolean;
            /**
             * Time
             * Format: date-time
             * @description now, for telling how far a device's clock is off
             */
            time: string;
            /**
             * Time Zone
             * @example Asia/Shanghai
             */
            time_zone: string;
            /**
             * Version
             * @example 1.0.0
             */
            version: string;
        };
        /**
         * SessionIn
         * @description Name and password.
         */
        SessionIn: {
            /**
             * City
             * @description needed only where several cities know the name
             * @example 990101
             */
            city?: string | null;
            /**
             * Code
             * @description of the second factor, or a recovery code
             * @default
             * @example 492039
             */
            code?: string;
            /**
             * Name
             * @example dispatcher01
             */
            name: string;
            /**
             * Password
             * @example K7m-R2p-Q9x-W4d
             */
            password: string;
        };
        /**
         * SessionListed
         * @description A session that is open.
         */
        SessionListed: {
            /**
             * Address
             * @example 203.0.113.7
             */
            address: string;
            /**
             * By Provider
             * @description opened through the sign-in of another system
             */
            by_provider: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Device
             * @description as the browser calls itself
             */
            device: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Id
             * @example 9f86d081884c7d659a2feaa0
             */
            id: string;
            /**
             * Seen At
             * Format: date-time
             * @description last use, to within some minutes
             */
            seen_at: string;
            /**
             * This
             * @description the one that asks
             */
            this: boolean;
        };
        /**
         * SessionOut
         * @description A session just opened; the cookie comes with it.
         */
        SessionOut: {
            /**
             * City
             * @example 990101
             */
            city: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Must Change Password
             * @description nothing else is open before a password is chosen
             */
            must_change_password: boolean;
            /**
             * Name
             * @example dispatcher01
             */
            name: string;
            /**
             * Person
             * @example P0012
             */
            person: string;
        };
        /**
         * SettingOut
         * @description A setting of the installation: given by its environment, the same for every city.
         */
        SettingOut: {
            /**
             * Allowed
             * @description what may stand there
             * @example 1–720
             */
            allowed: string;
            /** Default */
            default: string | null;
            /**
             * Given
             * @description whether it was set; otherwise the default stands
             */
            given: boolean;
            help: components["schemas"]["Words"];
            /** Secret */
            secret: boolean;
            /**
             * Value
             * @description null: none, or a secret
             */
            value: string | null;
            /**
             * Variable
             * @example XIUHUA_SESSION_HOURS
             */
            variable: string;
        };
        /**
         * SettingsOut
         * @description All that may be set.
         */
        SettingsOut: {
            /** Installation */
            installation: components["schemas"]["SettingOut"][];
            /** Procedures */
            procedures: components["schemas"]["ChosenOut"][];
        };
        /**
         * ShareOut
         * @description How often something was answered.
         */
        ShareOut: {
            /** Choice */
            choice: string;
            /** Count */
            count: number;
            /**
             * Share
             * @description percent of all answers, two places
             */
            share: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * ShiftOut
         * @description Hours of a roster.
         */
        ShiftOut: {
            /** Begin */
            begin: string;
            /** End */
            end: string;
            /** Name */
            name: string;
            /** Need */
            need: number;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * SideOut
         * @description What goes on, or went on, beside the main track: an extension, a suspension, a supervision.
         */
        SideOut: {
            /** Item */
            item: {
                [key: string]: unknown;
            };
            /** N */
            n: number;
            /** Over */
            over: boolean;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /**
             * State
             * @example asked
             */
            state: string;
            /**
             * State Title
             * @example {
             *       "en": "Asked",
             *       "zh": "待审批"
             *     }
             */
            state_title: {
                [key: string]: string;
            };
            /**
             * Title
             * @example {
             *       "en": "Extension",
             *       "zh": "延期申请"
             *     }
             */
            title: {
                [key: string]: string;
            };
            /**
             * Track
             * @example extension
             */
            track: string;
        };
        /**
         * SignForm
         * @description A turn begins or ends, perhaps with where that is.
         */
        SignForm: {
            /**
             * At
             * @description when, if earlier than now; from a phone that had no network; a day at most
             */
            at?: string | null;
            /**
             * Datum
             * @default wgs84
             * @enum {string}
             */
            datum?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
            /**
             * Lat
             * @example 29.1045
             */
            lat?: number | null;
            /**
             * Lon
             * @example 105.3123
             */
            lon?: number | null;
        };
        /**
         * SpanOut
         * @description Some days, both included.
         */
        SpanOut: {
            /**
             * First
             * Format: date
             */
            first: string;
            /**
             * Last
             * Format: date
             */
            last: string;
            /**
             * Name
             * @example 2026-03
             */
            name: string;
        };
        /**
         * StartForm
         * @description A turn begins.
         */
        StartForm: {
            /**
             * At
             * @description when, if earlier than now; from a phone that had no network; a day at most
             */
            at?: string | null;
            /**
             * Datum
             * @default wgs84
             * @enum {string}
             */
            datum?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
            /**
             * Lat
             * @example 29.1045
             */
            lat?: number | null;
            /**
             * Lon
             * @example 105.3123
             */
            lon?: number | null;
            /**
             * Role
             * @description in which, where one has several
             */
            role?: string | null;
        };
        /**
         * StepOut
         * @description A state of a main track.
         */
        StepOut: {
            /** Final */
            final: boolean;
            /** Name */
            name: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * StockForm
         * @description What was counted in a store.
         */
        StockForm: {
            /**
             * Counted
             * @example 120
             */
            counted: string;
            /** Day */
            day?: string | null;
            /** Fields */
            fields?: {
                [key: string]: unknown;
            };
            /** Note */
            note?: string | null;
            /** Of Unit */
            of_unit?: string | null;
            /** Photos */
            photos?: string[];
            /** Thing */
            thing?: string | null;
            /** Unit */
            unit?: string | null;
            /** Why */
            why: string;
        };
        /**
         * StretchesOut
         * @description Metres along lines.
         */
        StretchesOut: {
            /**
             * Incomplete
             * @description records that do not say of which line, from where or to where
             */
            incomplete: number;
            /** Lines */
            lines: components["schemas"]["StretchLineOut"][];
            /**
             * Metres
             * @description each metre counted once
             */
            metres: string;
            /**
             * Overlap
             * @description metres that were told more than once
             */
            overlap: string;
            /** Register Name */
            register_name: string;
            /** Stretches */
            stretches: number;
        };
        /**
         * StretchLineOut
         * @description What is covered of one line.
         */
        StretchLineOut: {
            /**
             * Line
             * @description its key
             */
            line: string;
            /**
             * Metres
             * @description each metre counted once
             */
            metres: string;
            /**
             * Overlap
             * @description metres that were told more than once
             */
            overlap: string;
            /** Stretches */
            stretches: number;
        };
        /**
         * StretchOut
         * @description From one metre of a line to another.
         */
        StretchOut: {
            /**
             * Begin
             * @description metres from the line's start
             */
            begin: string;
            /** End */
            end: string;
            /**
             * Line
             * @description id of the line; null: it is not there, or not this person's to see
             */
            line: string | null;
            /** Line Key */
            line_key: string;
            /**
             * Line Shape
             * @description GeoJSON of the whole line; null: none is known
             */
            line_shape: {
                [key: string]: unknown;
            } | null;
            /**
             * Shape
             * @description GeoJSON of what lies between; null: the line has nothing there
             */
            shape: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * SubjectOut
         * @description A report or case with all that is known of it, personal texts masked.
         */
        SubjectOut: {
            /** Actions */
            actions: components["schemas"]["ActionOut"][];
            /** Clocks */
            clocks: components["schemas"]["ClockOut"][];
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /**
             * Duties
             * @default {}
             */
            duties?: {
                [key: string]: unknown;
            };
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /**
             * Names
             * @default {}
             * @example {
             *       "sanitation": {
             *         "en": "Sanitation Office",
             *         "zh": "环卫处"
             *       }
             *     }
             */
            names?: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** Number */
            number: string;
            /**
             * Opened
             * Format: date-time
             */
            opened: string;
            /**
             * Repeated
             * @default 0
             */
            repeated?: number;
            /**
             * Repeated By Reporter
             * @default 0
             */
            repeated_by_reporter?: number;
            /**
             * Sides
             * @default []
             */
            sides?: components["schemas"]["SideOut"][];
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** State */
            state: string;
            /**
             * Texts
             * @default {}
             */
            texts?: {
                [key: string]: unknown;
            };
            /** Title */
            title: {
                [key: string]: string;
            };
            titles: components["schemas"]["TitlesOut"];
            /** Tracks */
            tracks: {
                [key: string]: unknown;
            };
            /** Version */
            version: number;
        };
        /**
         * SuggestionForm
         * @description A report that is not sent yet: what somebody is telling, and where.
         */
        SuggestionForm: {
            /**
             * Category
             * @example GB/T 47678.5/matter/06010
             */
            category?: string | null;
            place?: components["schemas"]["PlaceForm"] | null;
            /** Source */
            source?: ("collector" | "hotline_12345" | "public" | "video" | "sensor" | "vehicle" | "drone" | "media" | "letter" | "leader" | "upper_level" | "unit") | null;
            /**
             * Text
             * @example 路边有暴露垃圾没人清理
             */
            text: string;
            /** Title */
            title?: string | null;
        };
        /**
         * SuggestionOut
         * @description What is suggested; nothing of it binds.
         */
        SuggestionOut: {
            area?: components["schemas"]["xiuhua__loop__suggest__forms__AreaOut"] | null;
            /** Categories */
            categories: components["schemas"]["xiuhua__loop__suggest__forms__CategoryOut"][];
            condition?: components["schemas"]["xiuhua__loop__suggest__forms__ConditionOut"] | null;
            /**
             * Duplicates
             * @default []
             */
            duplicates?: components["schemas"]["DuplicateOut"][];
            /**
             * Learnt
             * @description decisions learnt from so far
             */
            learnt: number;
            /**
             * Ours
             * @description probability that it is city management at all
             */
            ours: number;
            unit?: components["schemas"]["xiuhua__loop__suggest__forms__UnitOut"] | null;
            urgency: components["schemas"]["UrgencyOut"];
        };
        /**
         * SumOut
         * @description Expected against done. Decimals are texts: nothing is rounded but the two shares, once, to two places.
         */
        SumOut: {
            /**
             * Cells
             * @description keys times periods in which something was expected
             */
            cells: number;
            /**
             * Count
             * @description deeds
             */
            count: number;
            /** Done */
            done: string;
            /** Expected */
            expected: string;
            /**
             * Late
             * @description done, but entered after the period and its days of grace
             */
            late: number;
            /** Met */
            met: number;
            /** Missed */
            missed: number;
            /**
             * On Time
             * @description percent of `over` that were done in time
             */
            on_time: string | null;
            /**
             * Over
             * @description of these, those whose outcome is known: done, or over
             */
            over: number;
            /**
             * Share
             * @description percent done of expected
             */
            share: string | null;
        };
        /**
         * SumsOut
         * @description Sums by period and value.
         */
        SumsOut: {
            /** By */
            by: string;
            /**
             * Cut
             * @description there are more lines than these
             */
            cut: boolean;
            /** Entries */
            entries: number;
            /** Lines */
            lines: components["schemas"]["LedgerSumOut"][];
            /** Period */
            period: string;
            /**
             * Quantity
             * @description of all lines; by areas that lie in each other it counts twice
             */
            quantity: string;
            /** Unit */
            unit: string;
        };
        /**
         * SwapForm
         * @description Another person takes the turn, or two turns change hands.
         */
        SwapForm: {
            /** Person */
            person?: string | null;
            /** Reason */
            reason: string;
            /**
             * Turn
             * @description id of the other turn
             */
            turn?: string | null;
        };
        /**
         * TableImportOut
         * @description What an import of a table changed, in rows.
         */
        TableImportOut: {
            /** Closed */
            closed: number;
            /** Corrected */
            corrected: number;
            /** Opened */
            opened: number;
            /** Unchanged */
            unchanged: number;
        };
        /**
         * TagsForm
         * @description Tags to be put on and taken away.
         */
        TagsForm: {
            /**
             * Add
             * @default []
             * @example [
             *       "flooding"
             *     ]
             */
            add?: string[];
            /**
             * Remove
             * @default []
             * @example [
             *       "flooding"
             *     ]
             */
            remove?: string[];
        };
        /**
         * TargetForm
         * @description Another target (of plans that have one) or frequency, for periods that begin on a day or later.
         */
        TargetForm: {
            /**
             * From
             * @description default: first day of the running period
             */
            from?: string | null;
            /**
             * Of
             * @description target or frequency by key
             */
            of?: {
                [key: string]: number | string;
            } | null;
            /**
             * Target
             * @example 800
             */
            target?: number | string | null;
            /** Times */
            times?: number | null;
            /**
             * Why
             * @default
             */
            why?: string;
        };
        /**
         * TargetOut
         * @description A version of the targets.
         */
        TargetOut: {
            /** By */
            by: string;
            /** Of */
            of: {
                [key: string]: string;
            } | null;
            /**
             * Since
             * Format: date
             */
            since: string;
            /** Target */
            target: string | null;
            /** Times */
            times: number | null;
            /** Why */
            why: string;
        };
        /**
         * TaskOut
         * @description One thing that waits for this person.
         */
        TaskOut: {
            /** Actions */
            actions: components["schemas"]["ActionOut"][];
            /**
             * Called
             * @description of a proceeding: what it is about
             */
            called?: string | null;
            /** Category */
            category: string | null;
            /** Due */
            due: string | null;
            /**
             * External Id
             * @description of a report: its id in its source, by which people call it
             */
            external_id?: string | null;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Late */
            late: boolean;
            /**
             * Light
             * @description of the clock by which it is due
             */
            light?: ("green" | "yellow" | "red") | null;
            /** N */
            n: number | null;
            /** Number */
            number: string;
            /**
             * Procedure
             * @example city_case
             */
            procedure: string;
            /** Role */
            role: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** State */
            state: string;
            titles: components["schemas"]["TitlesOut"];
            /** Track */
            track: string;
            /** Unit Grid */
            unit_grid: string | null;
            /** Version */
            version: number;
        };
        /**
         * ThenForm
         * @description What its sender does with a report at once, in the same transaction: an action with its fields and reason.
         */
        ThenForm: {
            /**
             * Action
             * @example accept
             */
            action: string;
            /**
             * Fields
             * @default {}
             * @example {
             *       "category": "GB/T 47678.5/matter/06010"
             *     }
             */
            fields?: {
                [key: string]: unknown;
            };
            /** Reason */
            reason?: string | null;
        };
        /**
         * ThingForm
         * @description A thing of any room: the kind of its stream, and its id.
         */
        ThingForm: {
            /** Id */
            id: string;
            /**
             * Kind
             * @example record
             */
            kind: string;
        };
        /**
         * TitlesOut
         * @description Names of the codes of one row.
         */
        TitlesOut: {
            /** Category */
            category?: {
                [key: string]: string;
            } | null;
            /**
             * State
             * @example {
             *       "en": "To be dispatched",
             *       "zh": "待派遣"
             *     }
             */
            state: {
                [key: string]: string;
            };
            /** Unit */
            unit?: {
                [key: string]: string;
            } | null;
        };
        /**
         * TokenIn
         * @description A personal token to be made.
         */
        TokenIn: {
            /**
             * Days
             * @default 90
             */
            days?: number;
            /**
             * Name
             * @example import script
             */
            name: string;
            /**
             * Scopes
             * @description permissions, your own at most
             * @example [
             *       "case.read"
             *     ]
             */
            scopes: string[];
        };
        /**
         * TokenMade
         * @description A token just made: its text is shown once.
         */
        TokenMade: {
            /**
             * Text
             * @description for the header `Authorization: Bearer …`
             * @example xh_990101_…
             */
            text: string;
            token: components["schemas"]["TokenOut"];
        };
        /**
         * TokenOut
         * @description A token as listed.
         */
        TokenOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Scopes */
            scopes: string[];
            /**
             * Seen At
             * @description last use, to within some minutes
             */
            seen_at: string | null;
        };
        /**
         * ToldOut
         * @description One field that was filled in.
         */
        ToldOut: {
            /**
             * Labels
             * @description what codes are called, in their order; empty: it is no code
             * @default []
             */
            labels?: {
                [key: string]: string;
            }[];
            /**
             * Name
             * @example unit
             */
            name: string;
            /**
             * Title
             * @example {
             *       "en": "Lead unit",
             *       "zh": "主办单位"
             *     }
             */
            title: {
                [key: string]: string;
            };
            /**
             * Type
             * @example unit
             */
            type: string;
            /**
             * Value
             * @example sanitation
             */
            value: unknown;
        };
        /**
         * ToSendOut
         * @description A case that waits to be sent to a unit.
         */
        ToSendOut: {
            /**
             * Action
             * @description by which it is sent
             * @example dispatch
             */
            action: string;
            /** Actions */
            actions: components["schemas"]["ActionOut"][];
            /**
             * Area Title
             * @description of the unit grid
             */
            area_title: {
                [key: string]: string;
            } | null;
            /**
             * Called
             * @description of a proceeding: what it is about
             */
            called?: string | null;
            /** Category */
            category: string | null;
            /** Due */
            due: string | null;
            /**
             * External Id
             * @description of a report: its id in its source, by which people call it
             */
            external_id?: string | null;
            /**
             * Field
             * @description of `action`: where the unit goes
             * @example unit
             */
            field: string;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Late */
            late: boolean;
            /**
             * Light
             * @description of the clock by which it is due
             */
            light?: ("green" | "yellow" | "red") | null;
            /** N */
            n: number | null;
            /** Number */
            number: string;
            /**
             * Opened
             * Format: date-time
             */
            opened: string;
            /**
             * Procedure
             * @example city_case
             */
            procedure: string;
            /**
             * Returns
             * @description how often a unit has sent it back
             */
            returns: number;
            /** Role */
            role: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** State */
            state: string;
            /** @description null: the matrix has a gap there, or quarrels */
            suggested: components["schemas"]["NamedUnitOut"] | null;
            titles: components["schemas"]["TitlesOut"];
            /** Track */
            track: string;
            /** Unit Grid */
            unit_grid: string | null;
            /** Version */
            version: number;
        };
        /**
         * TrackForm
         * @description A batch of positions, in any order; a repeat does no harm.
         */
        TrackForm: {
            /**
             * Datum
             * @default wgs84
             * @enum {string}
             */
            datum?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
            /** Positions */
            positions: components["schemas"]["PositionForm"][];
        };
        /**
         * TriedOut
         * @description A row and what would become of it.
         */
        TriedOut: {
            /** Cells */
            cells: string[];
            /** Changes */
            changes: components["schemas"]["ChangeOut"][];
            /**
             * Fate
             * @enum {string}
             */
            fate: "new" | "changed" | "unchanged" | "rejected";
            /** Faults */
            faults: components["schemas"]["FaultOut"][];
            /**
             * Row
             * @description as a spreadsheet counts
             */
            row: number;
        };
        /**
         * TryOut
         * @description Once that something was said to be put right.
         */
        TryOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By */
            by: string;
            /**
             * Due
             * Format: date-time
             */
            due: string;
            /** Note */
            note: string | null;
            /** Photos */
            photos: string[];
            recheck: components["schemas"]["RecheckOut"] | null;
        };
        /**
         * TurnForm
         * @description A person's turn: a shift of the roster, or hours of its own.
         */
        TurnForm: {
            /**
             * Begins
             * @example 06:00
             */
            begins?: string | null;
            /**
             * Day
             * @description a row whose day is none is rejected alone
             * @example 2026-03-02
             */
            day: string;
            /**
             * Ends
             * @description at or before `begins`: the next day
             */
            ends?: string | null;
            /** Person */
            person: string;
            /**
             * Place
             * @description area or unit, where the roster is per area or unit
             */
            place?: string | null;
            /** Shift */
            shift?: string | null;
        };
        /**
         * TurnOut
         * @description A turn of duty.
         */
        TurnOut: {
            /**
             * Ended At
             * @description null: on duty
             */
            ended_at: string | null;
            /**
             * Id
             * @example 0195a1b2-0000-7000-8000-000000000001
             */
            id: string;
            /** Person */
            person: string;
            /** Role */
            role: string;
            /**
             * Seen At
             * Format: date-time
             * @description the last sign: start, position or end
             */
            seen_at: string;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
        };
        /**
         * TurnsForm
         * @description Rows of a table, at most a thousand at once.
         */
        TurnsForm: {
            /** Turns */
            turns: components["schemas"]["TurnForm"][];
        };
        /**
         * UnitDetail
         * @description A unit and where it stands.
         */
        UnitDetail: {
            /**
             * Ancestors
             * @description from itself up
             * @example [
             *       "roads-1",
             *       "roads",
             *       "bureau"
             *     ]
             */
            ancestors: string[];
            /**
             * Code
             * @example roads
             */
            code: string;
            /** Contact */
            contact: string;
            /**
             * Credit Code
             * @description unified social credit code, GB 32100-2015
             */
            credit_code: string | null;
            /**
             * Desk
             * @description `own` or `offline`
             * @example own
             */
            desk: string;
            /**
             * Desk At
             * @description where what is sent to it lands: itself, or whoever stands in for it
             */
            desk_at: string;
            /**
             * Kind
             * @example department
             */
            kind: string;
            /**
             * Name
             * @example 市政道路管理所
             */
            name: string;
            /**
             * Name En
             * @example Road Maintenance Office
             */
            name_en: string;
            /**
             * Organisation Here
             * @description what counts as the same organisation in checks
             */
            organisation_here: string;
            /** Parent */
            parent: string | null;
            /**
             * Proxy
             * @description unit or person that acts for an offline unit
             */
            proxy: string | null;
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
            /** Valid To */
            valid_to: string | null;
        };
        /**
         * UnitNode
         * @description A unit with the units below it.
         */
        UnitNode: {
            /** Children */
            children: components["schemas"]["UnitNode"][];
            /**
             * Code
             * @example roads
             */
            code: string;
            /** Desk */
            desk: string;
            /**
             * Kind
             * @example department
             */
            kind: string;
            /** Name */
            name: string;
            /** Name En */
            name_en: string;
        };
        /**
         * Unread
         * @description How many notices wait to be read.
         */
        Unread: {
            /**
             * Unread
             * @example 3
             */
            unread: number;
        };
        /**
         * UploadOut
         * @description How far an upload has come; `media` is the photo's id once it is complete.
         */
        UploadOut: {
            /** Id */
            id: string;
            /** Length */
            length: number;
            /** Media */
            media: string | null;
            /** Offset */
            offset: number;
        };
        /**
         * UrgencyOut
         * @description How urgent it is.
         */
        UrgencyOut: {
            /**
             * Confidence
             * @description probability that it is right
             * @example 0.83
             */
            confidence: number;
            /**
             * Level
             * @enum {string}
             */
            level: "danger" | "soon" | "ordinary";
            /** Why */
            why: string[];
        };
        /**
         * VersionOut
         * @description A text as it was written.
         */
        VersionOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Attachments */
            attachments: string[];
            /** By */
            by: string;
            /** Fields */
            fields: {
                [key: string]: unknown;
            };
            /** Items */
            items: {
                [key: string]: unknown;
            }[];
            /** Name */
            name: string;
            /** Text */
            text: string;
            /** Title */
            title: string;
            /** Version */
            version: number;
        };
        /**
         * WatchingOut
         * @description A rule as a pack declares it.
         */
        WatchingOut: {
            /** Alarm */
            alarm: string | null;
            /**
             * Changes
             * @description proposes a change of a record
             */
            changes: boolean;
            /**
             * Lasts
             * @description how long it must hold
             */
            lasts: string | null;
            /** Name */
            name: string;
            /** Notice */
            notice: {
                [key: string]: string;
            } | null;
            /** On */
            on: string;
            /** Task */
            task: string | null;
            /** Times */
            times: number;
            /** Title */
            title: {
                [key: string]: string;
            };
            /** To */
            to: string | null;
            /**
             * Waiting
             * @description findings that wait for a person
             */
            waiting: number;
            /** When */
            when: string;
            /** Within */
            within: string | null;
        };
        /**
         * WaysOut
         * @description How one signs in here.
         */
        WaysOut: {
            /**
             * Language
             * @description the installation's own
             * @example zh-CN
             */
            language: string;
            /**
             * Provider
             * @description through the sign-in of another system as well, at `/api/session/oidc`
             */
            provider: boolean;
            /**
             * Shown
             * @description whether this request shows a sign-in, in force or not
             */
            shown: boolean;
        };
        /**
         * WebhookForm
         * @description Another system that wants to be told.
         */
        WebhookForm: {
            /**
             * Names
             * @description notices it wants; none: all
             * @default []
             * @example [
             *       "to_receive",
             *       "late"
             *     ]
             */
            names?: string[];
            /**
             * Url
             * @example https://platform.example.org/hooks/xiuhua
             */
            url: string;
        };
        /**
         * WebhookMade
         * @description A new webhook: the secret, by which what is sent can be verified, is shown this once.
         */
        WebhookMade: {
            /** Id */
            id: string;
            /** Secret */
            secret: string;
        };
        /**
         * WebhookOut
         * @description Another system that is told.
         */
        WebhookOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Id */
            id: string;
            /** Names */
            names: string[];
            /** Stopped At */
            stopped_at: string | null;
            /** Url */
            url: string;
        };
        /**
         * WitnessForm
         * @description Where and when by the device; the server adds how far its clock was off.
         */
        WitnessForm: {
            /** Accuracy M */
            accuracy_m?: number | null;
            /**
             * At
             * Format: date-time
             * @description when it was done, by the device's clock
             */
            at: string;
            /**
             * Datum
             * @default wgs84
             * @enum {string}
             */
            datum?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
            /**
             * Lat
             * @example 29.1045
             */
            lat?: number | null;
            /**
             * Lon
             * @example 105.3123
             */
            lon?: number | null;
            /**
             * Sensor Mock
             * @description the device says that the place was put in by a program
             * @default false
             */
            sensor_mock?: boolean;
            /**
             * Sent At
             * @description when it was sent, by the same clock: gives `skew_s`
             */
            sent_at?: string | null;
        };
        /**
         * WitnessOut
         * @description What the device said of place and time.
         */
        WitnessOut: {
            /** Accuracy M */
            accuracy_m?: number | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Lat */
            lat?: number | null;
            /** Lon */
            lon?: number | null;
            /**
             * Sensor Mock
             * @default false
             */
            sensor_mock?: boolean;
            /**
             * Skew S
             * @description how far its clock was behind the server's, as it was sent
             */
            skew_s?: number | null;
        };
        /**
         * WordOut
         * @description A code and what it is called.
         */
        WordOut: {
            /**
             * Name
             * @example filed
             */
            name: string;
            /**
             * Title
             * @example {
             *       "en": "To be dispatched",
             *       "zh": "待派遣"
             *     }
             */
            title: {
                [key: string]: string;
            };
        };
        /**
         * Words
         * @description A text in both languages.
         */
        Words: {
            /** En */
            en: string;
            /** Zh */
            zh: string;
        };
        /**
         * WorkCalendarOut
         * @description What is due in some days, by day.
         */
        WorkCalendarOut: {
            /**
             * First
             * Format: date
             */
            first: string;
            /** Items */
            items: components["schemas"]["DueOut"][];
            /**
             * Last
             * Format: date
             */
            last: string;
        };
        /**
         * FindingOut
         * @description Something that was found.
         */
        xiuhua__checks__forms__FindingOut: {
            /** Applies */
            applies: boolean;
            /** By */
            by: string;
            /** Choice */
            choice: string | null;
            /** Count */
            count: number;
            /** Item */
            item: string;
            /** N */
            n: number;
            /** Note */
            note: string | null;
            /** Photos */
            photos: string[];
            /** Place */
            place: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * ScoreOut
         * @description A score, with all it was computed from.
         */
        xiuhua__checks__forms__ScoreOut: {
            /** Band */
            band: string | null;
            /** Full */
            full: string;
            /** Lines */
            lines: components["schemas"]["ScoreLineOut"][];
            /** List */
            list: string | null;
            /** Points */
            points: string;
            /** Score */
            score: string | null;
        };
        /**
         * ThingOut
         * @description What is inspected.
         */
        xiuhua__checks__forms__ThingOut: {
            /** Called */
            called: string;
            /** Id */
            id: string | null;
            /** Key */
            key: string | null;
            /** Kind */
            kind: string;
        };
        /**
         * AreaOut
         * @description An area without its shape.
         */
        xiuhua__city__areas__forms__AreaOut: {
            /**
             * Area Class
             * @description its own management class; null: that of the area around it
             */
            area_class: ("A" | "B" | "C") | null;
            /**
             * Code
             * @example 990101001001001
             */
            code: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "city" | "district" | "street" | "community" | "unit_grid" | "duty_grid" | "road_segment";
            /**
             * Lat
             * @example 29.1045
             */
            lat: number;
            /**
             * Lon
             * @description of a point in it, WGS-84
             * @example 105.3123
             */
            lon: number;
            /**
             * Name
             * @example 春燕社区
             */
            name: string;
            /**
             * Parent
             * @example 990101001001
             */
            parent: string | null;
            /**
             * Sides
             * @description of a road segment: the sides that belong to it
             */
            sides: ("L" | "R" | "both") | null;
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
            /**
             * Valid To
             * @description last day, inclusive; null: open
             */
            valid_to: string | null;
        };
        /**
         * FindingOut
         * @description One thing found in an import; `what` is stable.
         */
        xiuhua__city__areas__forms__FindingOut: {
            /** Area M2 */
            area_m2: number | null;
            /** Codes */
            codes: string[];
            /** Field */
            field: string;
            /** File */
            file: string;
            /**
             * Place
             * @description longitude and latitude of a point in it
             */
            place: [
                number,
                number
            ] | null;
            /**
             * Row
             * @description number of the feature in the file, from 1; 0: the file or the city as a whole
             */
            row: number;
            /**
             * Severity
             * @enum {string}
             */
            severity: "error" | "warning" | "note";
            /**
             * What
             * @example overlap
             */
            what: string;
            /** Why */
            why: string;
        };
        /**
         * CategoryOut
         * @description A category of a standard.
         */
        xiuhua__city__categories__forms__CategoryOut: {
            /**
             * Also
             * @description other names under which cities list it
             */
            also: string[];
            /**
             * Class Code
             * @example 08
             */
            class_code: string;
            /** Class Name */
            class_name: string;
            /** Class Name En */
            class_name_en: string;
            /**
             * Code
             * @example 08014
             */
            code: string;
            /**
             * Key
             * @description what names it everywhere
             * @example GB/T 47678.5/matter/08014
             */
            key: string;
            /**
             * Kind
             * @description `part` or `matter`
             * @example matter
             */
            kind: string;
            /** Name */
            name: string;
            /** Name En */
            name_en: string;
            /** Source */
            source: string;
            /**
             * Standard
             * @example GB/T 47678.5
             */
            standard: string;
            /**
             * Status
             * @description whether its standard is the one in force
             * @example in_force
             */
            status: string;
            /**
             * Trust
             * @description how sure the row is: G public file, C city's document, P page, I inferred, R recalled
             */
            trust: string;
        };
        /**
         * ConditionOut
         * @description When something counts as a case, by when it must be done, and when it is done.
         */
        xiuhua__city__categories__forms__ConditionOut: {
            /**
             * Area Class
             * @description null: the same everywhere
             */
            area_class: string | null;
            /** By Notice */
            by_notice: boolean;
            /**
             * Category
             * @description key in the codes that the set is written in
             */
            category: string;
            /** Closing */
            closing: string;
            /**
             * Flags
             * @description why a person should look at it
             */
            flags: {
                [key: string]: string;
            }[];
            /**
             * Id
             * @example example-2024/matter/0608/1
             */
            id: string;
            /**
             * Limit Text
             * @description the limit in the words of the source
             */
            limit_text: string;
            /**
             * Milestones
             * @description stages of the limit that run for a case filed on the day, each counted from the start
             * @example [
             *       {
             *         "amount": "2",
             *         "kind": "work_hour"
             *       }
             *     ]
             */
            milestones: {
                [key: string]: unknown;
            }[];
            /** Source */
            source: string;
            /**
             * Standard Set
             * @example example-2024
             */
            standard_set: string;
            /** Text */
            text: string;
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
            /** Valid To */
            valid_to: string | null;
            /** Version */
            version: number;
        };
        /**
         * FindingOut
         * @description A gap or an overlap, told by the widest classes and areas that are wholly concerned.
         */
        xiuhua__city__duties__forms__FindingOut: {
            /**
             * Areas
             * @description area and the number of grids it adds
             */
            areas: [
                string,
                number
            ][];
            /**
             * Bands
             * @description time bands in which it happens; null: always
             */
            bands: string[] | null;
            /** Categories */
            categories: string[];
            /** Category Count */
            category_count: number;
            /**
             * Cells
             * @description categories × grids
             */
            cells: number;
            /** Kind */
            kind: string;
            /**
             * Minutes
             * @description minutes of the week in which it happens
             */
            minutes: number;
            /** Owner */
            owner: string;
            /** Place Count */
            place_count: number;
            /**
             * Rows
             * @description of an overlap: the rows that answer alike
             */
            rows: components["schemas"]["DutyOut"][];
        };
        /**
         * PostOut
         * @description A post held by a person.
         */
        xiuhua__city__units__forms__PostOut: {
            /**
             * Area
             * @description where; null: the whole city
             */
            area: string | null;
            /** Name */
            name: string;
            /**
             * Person
             * @example dispatcher01
             */
            person: string;
            /**
             * Role
             * @example dispatcher
             */
            role: string;
            /**
             * Unit
             * @description whose desk
             */
            unit: string | null;
            /** Valid From */
            valid_from: string | null;
            /** Valid To */
            valid_to: string | null;
        };
        /**
         * UnitOut
         * @description A unit on a day.
         */
        xiuhua__city__units__forms__UnitOut: {
            /**
             * Code
             * @example roads
             */
            code: string;
            /** Contact */
            contact: string;
            /**
             * Credit Code
             * @description unified social credit code, GB 32100-2015
             */
            credit_code: string | null;
            /**
             * Desk
             * @description `own` or `offline`
             * @example own
             */
            desk: string;
            /**
             * Kind
             * @example department
             */
            kind: string;
            /**
             * Name
             * @example 市政道路管理所
             */
            name: string;
            /**
             * Name En
             * @example Road Maintenance Office
             */
            name_en: string;
            /** Parent */
            parent: string | null;
            /**
             * Proxy
             * @description unit or person that acts for an offline unit
             */
            proxy: string | null;
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
            /** Valid To */
            valid_to: string | null;
        };
        /**
         * FigureOut
         * @description An indicator that the kind quotes. Its value is not worked out.
         */
        xiuhua__documents__forms__FigureOut: {
            /** Name */
            name: string;
        };
        /**
         * WhyForm
         * @description The reason for a look at something personal; it is written down.
         */
        xiuhua__flow__forms__WhyForm: {
            /** Why */
            why: string;
        };
        /**
         * FigureOut
         * @description The value of an indicator for a period and for values of dimensions.
         */
        xiuhua__insight__forms__FigureOut: {
            against: components["schemas"]["BesideOut"] | null;
            /**
             * By
             * @example {
             *       "unit": "sanitation"
             *     }
             */
            by: {
                [key: string]: string | null;
            };
            /**
             * Denominator
             * @description below the line; null: it is no rate
             * @example 50
             */
            denominator: string | null;
            /**
             * Names
             * @description what units, people and areas among them are called
             */
            names: {
                [key: string]: string | null;
            };
            /**
             * Numerator
             * @description above the line, or the whole of a count or sum
             * @example 41
             */
            numerator: string;
            period: components["schemas"]["SpanOut"];
            /**
             * Shown
             * @description the same as it is shown
             * @example 82.00
             * @example —
             */
            shown: string;
            /**
             * Value
             * @description divided once, rounded once; null: nothing is below the line
             */
            value: string | null;
            /**
             * Where
             * @description what to ask the records with
             * @example [
             *       "unit:sanitation"
             *     ]
             */
            where: string[];
        };
        /**
         * ScoreOut
         * @description Somebody appraised.
         */
        xiuhua__insight__forms__ScoreOut: {
            /** Code */
            code: string;
            /** Grade */
            grade: string | null;
            /** Name */
            name: string | null;
            /** Parts */
            parts: components["schemas"]["ScoredPartOut"][];
            /** Rank */
            rank: number | null;
            /** Score */
            score: string | null;
            /**
             * Where
             * @example unit:sanitation
             */
            where: string;
        };
        /**
         * StateOut
         * @description A state of the main track, in the usual order.
         */
        xiuhua__loop__lists__describe_api__StateOut: {
            /** Final */
            final: boolean;
            /**
             * Name
             * @example filed
             */
            name: string;
            /**
             * Title
             * @example {
             *       "en": "To be dispatched",
             *       "zh": "待派遣"
             *     }
             */
            title: {
                [key: string]: string;
            };
        };
        /**
         * AreaOut
         * @description Where it is.
         */
        xiuhua__loop__suggest__forms__AreaOut: {
            /**
             * Confidence
             * @description probability that it is right
             * @example 0.83
             */
            confidence: number;
            /** Scopes */
            scopes: string[];
            /** Unit Grid */
            unit_grid: string | null;
        };
        /**
         * CategoryOut
         * @description A category it may be about.
         */
        xiuhua__loop__suggest__forms__CategoryOut: {
            /**
             * By
             * @enum {string}
             */
            by: "learnt" | "name" | "source";
            /**
             * Category
             * @example GB/T 47678.5/matter/06010
             */
            category: string;
            /**
             * Confidence
             * @description probability that it is right
             * @example 0.83
             */
            confidence: number;
            /**
             * Name
             * @default
             */
            name?: string;
            /**
             * Name En
             * @default
             */
            name_en?: string;
            /**
             * Why
             * @description the words that weighed most
             * @example [
             *       "暴露垃圾"
             *     ]
             */
            why: string[];
        };
        /**
         * ConditionOut
         * @description The filing condition of the likeliest category, and its deadline if it were dispatched now.
         */
        xiuhua__loop__suggest__forms__ConditionOut: {
            /** Condition */
            condition: string;
            /**
             * Confidence
             * @description probability that it is right
             * @example 0.83
             */
            confidence: number;
            /** Due */
            due?: string | null;
            /** Limit */
            limit?: {
                [key: string]: string;
            } | null;
            /**
             * Of
             * @description of so many
             * @example 11
             */
            of: number;
            /**
             * Times
             * @description cases of the category filed under it
             * @example 9
             */
            times: number;
        };
        /**
         * UnitOut
         * @description Who is likely to handle it.
         */
        xiuhua__loop__suggest__forms__UnitOut: {
            /**
             * By
             * @enum {string}
             */
            by: "duty" | "likeness";
            /**
             * Confidence
             * @description probability that it is right
             * @example 0.83
             */
            confidence: number;
            /**
             * Name
             * @default
             */
            name?: string;
            /**
             * Of
             * @description of so many
             * @example 14
             */
            of: number;
            /**
             * Row
             * @description the duty row that decides
             */
            row: {
                [key: string]: string;
            };
            /**
             * Times
             * @description cases like it that it handled
             * @example 12
             */
            times: number;
            /**
             * Unit
             * @example sanitation
             */
            unit: string;
        };
        /**
         * PostOut
         * @description A role held somewhere.
         */
        xiuhua__platform__identity__forms__PostOut: {
            /** Area */
            area?: string | null;
            /**
             * Role
             * @example dispatcher
             */
            role: string;
            /** Unit */
            unit?: string | null;
        };
        /**
         * ThingOut
         * @description A thing of any room.
         */
        xiuhua__proceedings__forms__ThingOut: {
            /** Id */
            id: string;
            /** Kind */
            kind: string;
        };
        /**
         * FigureOut
         * @description A value that follows from a record and those that refer to it.
         */
        xiuhua__records__forms__FigureOut: {
            /** Name */
            name: string;
            /** Title */
            title: {
                [key: string]: string;
            };
            /**
             * Value
             * @description decimals as text; null: what it follows from is missing
             */
            value: unknown;
        };
        /**
         * StateOut
         * @description A state that records of a register may have.
         */
        xiuhua__records__forms__StateOut: {
            /**
             * Count
             * @description records that have it
             */
            count: number;
            /**
             * Moves
             * @description where to
             */
            moves: string[];
            /** Name */
            name: string;
            /** Title */
            title: {
                [key: string]: string;
            };
        };
        /**
         * WhyForm
         * @description A reason.
         */
        xiuhua__records__forms__WhyForm: {
            /** Why */
            why: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_accesses: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                person?: string | null;
                since?: string | null;
                subject?: string | null;
                until?: string | null;
                what?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AccessOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_accounts: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AccountOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_account: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_account: {
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
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reset_password: {
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
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_second_factor_away: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_account_sessions: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionListed"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_account_sessions: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_account_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_account_tokens: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_account_tokens: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_account_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_appraisals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppraisalOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_scores: {
        parameters: {
            query: {
                /** @description as known at the end of this day; default: now */
                as_of?: string | null;
                /** @description 2026, 2026-Q1, 2026-03, 2026-W10, 2026-03-02 or 2026-02-26..2026-03-25 */
                period: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppraisedOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_approvals: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_areas: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                kind?: ("city" | "district" | "street" | "community" | "unit_grid" | "duty_grid" | "road_segment") | null;
                /** @description how many at most */
                limit?: number;
                /** @description the day that is asked about; default: today */
                on?: string | null;
                /** @description directly below this area */
                parent?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AreaOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_area: {
        parameters: {
            query?: {
                /** @description the day that is asked about; default: today */
                on?: string | null;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaDetail"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_geometry: {
        parameters: {
            query?: {
                /** @description the day that is asked about; default: today */
                on?: string | null;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    area_at: {
        parameters: {
            query: {
                /** @description of the two numbers */
                datum?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
                lat: number;
                lon: number;
                /** @description the day that is asked about; default: today */
                on?: string | null;
                /** @description how far to look for a road segment */
                road_m?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaAt"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_areas: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_import_areas"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaImportOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_bulk: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_bulk_items: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                status?: ("waiting" | "done" | "refused") | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_BulkItemOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_work_calendar: {
        parameters: {
            query?: {
                area?: string | null;
                /** @description first day */
                from?: string | null;
                /** @description last day */
                to?: string | null;
                unit?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkCalendarOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_calendars: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalendarIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodesOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deadline: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeadlineIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadlineOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_holidays: {
        parameters: {
            query?: {
                year?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolidaysOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_holidays: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_import_holidays"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolidayImportOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assign_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_campaigns: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                state?: ("open" | "closed")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_CampaignLineOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_campaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_campaign: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_campaign: {
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
                "application/json": components["schemas"]["CampaignPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_campaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_campaign_items: {
        parameters: {
            query: {
                kind: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    link_to_campaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_to_campaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlink_from_campaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_cases: {
        parameters: {
            query?: {
                area?: string | null;
                category?: string[];
                /** @description `next` of the page before */
                cursor?: string | null;
                drawn?: string | null;
                external_id?: string | null;
                /** @description `name=value` of what the procedure declares */
                field?: string[];
                /** @description a saved filter; what else is given goes before it */
                filter?: string | null;
                handed_back_from?: string | null;
                /** @description the first moment that is out again */
                handed_back_to?: string | null;
                /** @description past its due moment now, and not handed back */
                late?: boolean | null;
                /** @description the colour of its handling clock on the map */
                light?: ("grey" | "green" | "yellow" | "red")[];
                /** @description how many at most */
                limit?: number;
                number?: string | null;
                /** @description true: has not ended, false: has ended */
                open?: boolean | null;
                opened_from?: string | null;
                /** @description the first moment that is out again */
                opened_to?: string | null;
                outcome?: string[];
                /** @description the verdict on the handling clock */
                overdue?: boolean | null;
                source?: string[];
                state?: string[];
                suspended?: boolean | null;
                /** @description all of these */
                tag?: string[];
                unit?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_LineOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_case: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    act_on_case: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                action: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_case_duplicates: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuplicateOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_case_events: {
        parameters: {
            query?: {
                /** @description recorded up to this moment; default: now */
                as_of?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_case_media: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseMediaOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tag_case: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagsForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    act_on_cases: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_cases: {
        parameters: {
            query?: {
                area?: string | null;
                category?: string[];
                drawn?: string | null;
                external_id?: string | null;
                /** @description `name=value` of what the procedure declares */
                field?: string[];
                /** @description a saved filter; what else is given goes before it */
                filter?: string | null;
                format?: "csv" | "xlsx";
                handed_back_from?: string | null;
                /** @description the first moment that is out again */
                handed_back_to?: string | null;
                /** @description past its due moment now, and not handed back */
                late?: boolean | null;
                /** @description the colour of its handling clock on the map */
                light?: ("grey" | "green" | "yellow" | "red")[];
                number?: string | null;
                /** @description true: has not ended, false: has ended */
                open?: boolean | null;
                opened_from?: string | null;
                /** @description the first moment that is out again */
                opened_to?: string | null;
                outcome?: string[];
                /** @description the verdict on the handling clock */
                overdue?: boolean | null;
                source?: string[];
                state?: string[];
                suspended?: boolean | null;
                /** @description all of these */
                tag?: string[];
                unit?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv; charset=utf-8": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_categories: {
        parameters: {
            query?: {
                class_code?: string | null;
                /** @description `next` of the page before */
                cursor?: string | null;
                kind?: ("part" | "matter") | null;
                /** @description how many at most */
                limit?: number;
                standard?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_CategoryOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_classes: {
        parameters: {
            query?: {
                kind?: ("part" | "matter") | null;
                standard?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_conditions: {
        parameters: {
            query: {
                area_class?: ("A" | "B" | "C") | null;
                category: string;
                /** @description the day that is asked about; default: today */
                on?: string | null;
                standard_set?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["xiuhua__city__categories__forms__ConditionOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_conditions: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_import_conditions"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConditionImportOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_category: {
        parameters: {
            query: {
                key: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryDetail"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_categories: {
        parameters: {
            query: {
                limit?: number;
                text: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["xiuhua__city__categories__forms__CategoryOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_set: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                standard_set: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClosingForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ended"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_checklists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChecklistOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cockpit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CockpitOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    comparison_of: {
        parameters: {
            query: {
                /** @description what stands beside each other */
                by?: "unit" | "street" | "community" | "category";
                /** @description the first day of the period */
                first: string;
                /** @description its last day */
                last: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComparisonOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_comparison: {
        parameters: {
            query: {
                /** @description what stands beside each other */
                by?: "unit" | "street" | "community" | "category";
                /** @description the first day of the period */
                first: string;
                format?: "csv" | "xlsx";
                /** @description its last day */
                last: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv; charset=utf-8": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_to_dispatch: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToSendOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_documents: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                in_force_on?: string | null;
                kind?: string | null;
                /** @description how many at most */
                limit?: number;
                q?: string | null;
                state?: ("draft" | "submitted" | "approved" | "published" | "expired" | "replaced" | "revoked")[];
                /** @description for your approval */
                waits?: boolean;
                year?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_DocumentLineOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draft_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_document: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_document: {
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
                "application/json": components["schemas"]["ContentForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compare_document_versions: {
        parameters: {
            query: {
                after: number;
                before: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DifferenceOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discard_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentWhyForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_document_events: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentEventOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_document: {
        parameters: {
            query?: {
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revise_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentWhyForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_document_back: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentWhyForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submit_document: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_document_versions: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_document_kinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KindOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_duties: {
        parameters: {
            query?: {
                /** @description as the row names it */
                category?: string | null;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description a draft; empty: the matrix in force */
                draft?: string;
                /** @description also rows that hold on other days only */
                every?: boolean;
                kind?: ("regulate" | "handle" | "enforce" | "maintain") | null;
                /** @description how many at most */
                limit?: number;
                /** @description the day that is asked about; default: today */
                on?: string | null;
                place?: string | null;
                unit?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_DutyOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    duty_board: {
        parameters: {
            query: {
                /** @description default: now */
                at?: string | null;
                /** @description a draft; empty: the matrix in force */
                draft?: string;
                kind: "regulate" | "handle" | "enforce" | "maintain";
                /** @description rows: the categories of this class */
                of?: string | null;
                /** @description columns: areas in it; default: the city's */
                parent?: string | null;
                /** @description default: standards in force */
                standard?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyBoardOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_duties: {
        parameters: {
            query?: {
                /** @description a draft; empty: the matrix in force */
                draft?: string;
                /** @description the day that is asked about; default: today */
                on?: string | null;
                /** @description default: standards in force */
                standard?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_drafts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drop_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    adopt_draft: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdoptForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TableImportOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dry_run: {
        parameters: {
            query: {
                /** @description first day of dispatching */
                from: string;
                /** @description how many cases are listed */
                limit?: number;
                /** @description judged by the draft's rows of that day; default: its last */
                on?: string | null;
                /** @description last day, inclusive */
                to: string;
            };
            header?: never;
            path: {
                draft: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRunOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_duties: {
        parameters: {
            query?: {
                /** @description a draft; empty: the matrix in force */
                draft?: string;
                form?: "csv" | "xlsx";
                /** @description rows that hold on that day or later; default: all */
                on?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv; charset=utf-8": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_duties: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_import_duties"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyImportOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolve_duties: {
        parameters: {
            query: {
                /** @description instead of a place: an area's code */
                area?: string | null;
                /** @description default: now */
                at?: string | null;
                category: string;
                datum?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
                /** @description a draft; empty: the matrix in force */
                draft?: string;
                lat?: number | null;
                lon?: number | null;
                /** @description asset owner */
                owner?: string | null;
                /** @description the very thing it is about */
                record?: string | null;
                /** @description default: the one the place lies at */
                road_segment?: string | null;
                side?: ("L" | "R") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResolvedOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    missing_fixings: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                /** @description the day that is asked about; default: today */
                on?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_MissingOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_entries_of_thing: {
        parameters: {
            query: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                /** @description id of the record they are about */
                of: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_EntryOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_entry: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    counter_entry: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CounterForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CounteredOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_external_results: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                state?: ("kept" | "withdrawn")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ResultOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keep_external_result: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResultForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_external_result: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    correct_external_result: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_external_result_events: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanEventOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_external_result: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    field_bundle: {
        parameters: {
            query?: {
                /** @description proceedings that need not wait for one */
                also?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    field_carried: {
        parameters: {
            query?: {
                lat?: number | null;
                lon?: number | null;
            };
            header?: never;
            path: {
                part: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    field_coverage: {
        parameters: {
            query?: {
                on?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_track: {
        parameters: {
            query?: {
                /** @description default: oneself; others: `track.read` */
                person?: string | null;
                /** @description default: the beginning of today */
                since?: string | null;
                /** @description default: now; two days after `since` at most */
                until?: string | null;
                /** @description needed for somebody else's: it is written down */
                why?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FixOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keep_track: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrackForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tell_figure: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FigureForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_filters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilterOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_filter: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFilterForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drop_filter: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_findings: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                /** @description of your roles */
                mine?: boolean;
                rule?: string | null;
                state?: ("open" | "taken" | "settled" | "dismissed")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_RuleFindingOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_finding: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleFindingOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dismiss_finding: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FindingWhyForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleFindingOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settle_finding: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FindingWhyForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleFindingOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_finding: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleFindingOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_imports: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                /** @description only into this */
                of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ImportOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_import: {
        parameters: {
            query?: {
                /** @description what it is brought into: `report`, `register:NAME`, `ledger:NAME` */
                of?: string;
            };
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_send_import"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_import: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MappingForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    look_into_import: {
        parameters: {
            query?: {
                /** @description of a workbook; default: the first that can be read */
                sheet?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeekOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_import: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_rejected: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MappingForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    try_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MappingForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_mappings: {
        parameters: {
            query?: {
                /** @description what it is brought into: `report`, `register:NAME`, `ledger:NAME` */
                of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptMapping"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keep_mapping: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeptMappingForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drop_mapping: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_import_targets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportTargetOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_import_template: {
        parameters: {
            query: {
                /** @description what it is brought into: `report`, `register:NAME`, `ledger:NAME` */
                of: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    inbox: {
        parameters: {
            query?: {
                kind?: string | null;
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_inbox: {
        parameters: {
            query?: {
                format?: "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv; charset=utf-8": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_indicators: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndicatorOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_figures: {
        parameters: {
            query: {
                /** @description each beside the period before, or a year before */
                against?: ("before" | "year_before") | null;
                /** @description as known at the end of this day; default: now */
                as_of?: string | null;
                /** @description dimensions */
                by?: string[];
                /** @description 2026, 2026-Q1, 2026-03, 2026-W10, 2026-03-02 or 2026-02-26..2026-03-25 */
                period: string;
                /** @description day, week, month, quarter or year */
                split?: string | null;
                /** @description `unit:u1`: only records with this value of a dimension; more of one: any of them; `unit:`: none */
                where?: string[];
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiguresOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_records_of_figure: {
        parameters: {
            query: {
                /** @description as known at the end of this day; default: now */
                as_of?: string | null;
                limit?: number;
                /** @description 2026, 2026-Q1, 2026-03, 2026-W10, 2026-03-02 or 2026-02-26..2026-03-25 */
                period: string;
                side?: "count" | "numerator" | "denominator";
                /** @description `unit:u1`: only records with this value of a dimension; more of one: any of them; `unit:`: none */
                where?: string[];
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BehindsOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_inspections: {
        parameters: {
            query?: {
                area?: string | null;
                band?: string | null;
                checklist?: string | null;
                /** @description `next` of the page before */
                cursor?: string | null;
                inspector?: string | null;
                /** @description something was not put right in time */
                late?: boolean;
                /** @description how many at most */
                limit?: number;
                list?: ("red" | "black") | null;
                party?: string | null;
                q?: string | null;
                round?: string | null;
                since?: string | null;
                state?: ("begun" | "rectifying" | "finished" | "dropped")[];
                /** @description id of a record, code of an area or unit */
                thing?: string | null;
                /** @description something is to be put right, or rechecked, by whoever asks */
                turn?: ("rectify" | "recheck") | null;
                /** @description that answers for it */
                unit?: string | null;
                until?: string | null;
                /** @description something is to be put right, or rechecked */
                waits?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_InspectionLineOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_inspection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InspectionForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InspectionOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_inspection: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InspectionOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drop_inspection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DropForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InspectionOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_inspection_events: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InspectionEventOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_finding: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FindingForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InspectionOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_finding_back: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InspectionOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finish_inspection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InspectionOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recheck: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecheckForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InspectionOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rectify: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RectifiedForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InspectionOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_inspections: {
        parameters: {
            query?: {
                area?: string | null;
                band?: string | null;
                checklist?: string | null;
                inspector?: string | null;
                /** @description something was not put right in time */
                late?: boolean;
                list?: ("red" | "black") | null;
                party?: string | null;
                q?: string | null;
                round?: string | null;
                since?: string | null;
                state?: ("begun" | "rectifying" | "finished" | "dropped")[];
                /** @description id of a record, code of an area or unit */
                thing?: string | null;
                /** @description something is to be put right, or rechecked, by whoever asks */
                turn?: ("rectify" | "recheck") | null;
                /** @description that answers for it */
                unit?: string | null;
                until?: string | null;
                /** @description something is to be put right, or rechecked */
                waits?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_jobs: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                kind?: string | null;
                /** @description how many at most */
                limit?: number;
                /** @description `dead`: not tried again by itself */
                state?: ("waiting" | "running" | "done" | "dead") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_JobOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    repeat_job: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_ledgers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_balances: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                /** @description at the end of this day; default: today */
                on?: string | null;
            };
            header?: never;
            path: {
                ledger: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_BalanceOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_entries: {
        parameters: {
            query?: {
                area?: string | null;
                /** @description `next` of the page before */
                cursor?: string | null;
                field?: string[];
                /** @description of this day or later */
                from?: string | null;
                /** @description entered this many days after its day */
                late?: number | null;
                /** @description how many at most */
                limit?: number;
                /** @description id of the record it is about */
                of?: string | null;
                /** @description neither countered nor a counter-entry */
                standing?: boolean;
                /** @description of this day or earlier */
                to?: string | null;
                /** @description whose work, with the units below it */
                unit?: string | null;
            };
            header?: never;
            path: {
                ledger: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_EntryOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enter: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                ledger: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EntryForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_entries: {
        parameters: {
            query?: {
                area?: string | null;
                field?: string[];
                format?: "csv" | "xlsx";
                /** @description of this day or later */
                from?: string | null;
                /** @description entered this many days after its day */
                late?: number | null;
                /** @description id of the record it is about */
                of?: string | null;
                /** @description neither countered nor a counter-entry */
                standing?: boolean;
                /** @description of this day or earlier */
                to?: string | null;
                /** @description whose work, with the units below it */
                unit?: string | null;
            };
            header?: never;
            path: {
                ledger: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv; charset=utf-8": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_stock: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                ledger: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StockForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sums: {
        parameters: {
            query?: {
                area?: string | null;
                /** @description `area:street`, `unit`, `thing`, or a field */
                by?: string;
                field?: string[];
                /** @description of this day or later */
                from?: string | null;
                /** @description entered this many days after its day */
                late?: number | null;
                /** @description id of the record it is about */
                of?: string | null;
                /** @description sums of each */
                period?: "none" | "day" | "month" | "quarter" | "year";
                /** @description neither countered nor a counter-entry */
                standing?: boolean;
                /** @description of this day or earlier */
                to?: string | null;
                /** @description whose work, with the units below it */
                unit?: string | null;
            };
            header?: never;
            path: {
                ledger: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SumsOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    describe_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: "case" | "report";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    follow: {
        parameters: {
            query?: never;
            header?: {
                /** @description go on after this message */
                "last-event-id"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 812-45
                     *     event: task
                     *     data: {"id":"…"}
                     */
                    "text/event-stream": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    map_areas: {
        parameters: {
            query: {
                kind: "city" | "district" | "street" | "community" | "unit_grid" | "duty_grid" | "road_segment";
                /** @description the day that is asked about; default: today */
                on?: string | null;
                /** @description how far a border may move */
                tolerance_m?: number;
                /** @description in this area */
                within?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    map_cases: {
        parameters: {
            query?: {
                area?: string | null;
                category?: string[];
                /** @description true: only cases that have not ended, false: only those that have */
                open?: boolean | null;
                opened_from?: string | null;
                /** @description the first moment that is out again */
                opened_to?: string | null;
                source?: string[];
                state?: string[];
                unit?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.xiuhua.columns": string;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    map_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    map_tile: {
        parameters: {
            query?: {
                area?: string | null;
                category?: string[];
                /** @description true: only cases that have not ended, false: only those that have */
                open?: boolean | null;
                opened_from?: string | null;
                /** @description the first moment that is out again */
                opened_to?: string | null;
                source?: string[];
                state?: string[];
                unit?: string[];
            };
            header?: never;
            path: {
                x: number;
                y: number;
                z: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.xiuhua.columns": string;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_drawn: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DrawnForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumbersOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordProof"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorSetup"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirm_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionListed"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_my_other_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_my_session: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenMade"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_my_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_token: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload_media: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_upload_media"];
            };
        };
        responses: {
            /** @description a repeat */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaOut"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_media: {
        parameters: {
            query?: {
                /** @description `thumb`: at most 320 pixels, WebP; photos only */
                size?: "full" | "thumb";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                    "image/webp": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_upload: {
        parameters: {
            query?: never;
            header: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
                /** @description 1.0.0 */
                "Tus-Resumable": string;
                "Upload-Length": number;
                "Upload-Metadata"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    describe_uploads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_upload: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    append_upload_by_post: {
        parameters: {
            query?: never;
            header: {
                "content-type"?: string;
                /** @description 1.0.0 */
                "Tus-Resumable": string;
                "upload-checksum"?: string;
                "Upload-Offset": number;
                "X-HTTP-Method-Override": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_upload: {
        parameters: {
            query?: never;
            header: {
                /** @description 1.0.0 */
                "Tus-Resumable": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    locate_upload: {
        parameters: {
            query?: never;
            header: {
                /** @description 1.0.0 */
                "Tus-Resumable": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    append_upload: {
        parameters: {
            query?: never;
            header: {
                "content-type"?: string;
                /** @description 1.0.0 */
                "Tus-Resumable": string;
                "upload-checksum"?: string;
                "Upload-Offset": number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_named: {
        parameters: {
            query: {
                /** @description of each kind */
                limit?: number;
                /** @description two characters or more */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamedOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_notices: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                /** @description only those not read yet */
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_NoticeOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_addresses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_address: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                way: "mail" | "sms" | "wechat";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddressForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drop_address: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                way: "mail" | "sms" | "wechat";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_notices: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unread"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_notice_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_unread: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unread"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_packs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pack: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackDetail"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_plans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_plan: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_plan_done: {
        parameters: {
            query: {
                from: string;
                /** @description of one key alone; empty: of none */
                key?: string | null;
                to: string;
            };
            header?: never;
            path: {
                plan: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_plan_events: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanEventOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_plan_part: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                part: string;
                plan: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_plan_progress: {
        parameters: {
            query?: {
                /** @description first day */
                from?: string | null;
                /** @description of one key alone; empty: of none */
                key?: string | null;
                /** @description last day */
                to?: string | null;
            };
            header?: never;
            path: {
                plan: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgressOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_plan_target: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                plan: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TargetForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_posts: {
        parameters: {
            query?: {
                area?: string | null;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                /** @description the day that is asked about; default: today */
                on?: string | null;
                role?: string | null;
                unit?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_PostOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_proceedings: {
        parameters: {
            query?: {
                /** @description about this, or of a record about one of its inspections */
                about?: string | null;
                area?: string | null;
                /** @description `next` of the page before */
                cursor?: string | null;
                day?: string | null;
                due_before?: string | null;
                /** @description before today's end, or Sunday's, on the city's clock */
                due_within?: ("day" | "week") | null;
                going?: ("open" | "closed") | null;
                /** @description late, or ended late */
                late?: boolean;
                /** @description how many at most */
                limit?: number;
                parent?: string | null;
                person?: string | null;
                procedure?: string[];
                q?: string | null;
                sort?: "newest" | "due";
                state?: string[];
                /** @description children of none */
                top?: boolean;
                unit?: string | null;
                /** @description who asks; the units of their posts */
                whose?: ("mine" | "unit") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ProceedingLineOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_proceeding: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProceedingOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_proceeding: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProceedingOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    act_on_proceeding: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                action: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_proceeding_events: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    act_on_proceedings: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManyForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_proceedings: {
        parameters: {
            query?: {
                /** @description about this, or of a record about one of its inspections */
                about?: string | null;
                area?: string | null;
                day?: string | null;
                due_before?: string | null;
                /** @description before today's end, or Sunday's, on the city's clock */
                due_within?: ("day" | "week") | null;
                going?: ("open" | "closed") | null;
                /** @description late, or ended late */
                late?: boolean;
                parent?: string | null;
                person?: string | null;
                procedure?: string[];
                q?: string | null;
                state?: string[];
                /** @description children of none */
                top?: boolean;
                unit?: string | null;
                /** @description who asks; the units of their posts */
                whose?: ("mine" | "unit") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_proceeding_procedures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_daily_round: {
        parameters: {
            query?: {
                /** @description default: today */
                day?: string | null;
            };
            header?: never;
            path: {
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DailyRoundOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_queues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_record: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_record: {
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
                "application/json": components["schemas"]["RecordForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_for_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve_change_request: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refuse_change_request: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["xiuhua__records__forms__WhyForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_change_request: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dossier: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DossierSectionOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_record_events: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordEventOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    merge_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_stretches: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlongOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_change_requests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_registers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_records: {
        parameters: {
            query?: {
                area?: string | null;
                expires_before?: string | null;
                field?: string[];
                format?: "csv" | "xlsx" | "geojson";
                /** @description refers to a record that must be valid and is expired, not in force or missing */
                invalid_refs?: boolean;
                q?: string | null;
                state?: string[];
                unit?: string | null;
                /** @description with change requests that wait */
                waits?: boolean;
            };
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv; charset=utf-8": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_record_by_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_labels: {
        parameters: {
            query?: {
                /** @description behind this key: the next sheets */
                after?: string | null;
                area?: string | null;
                expires_before?: string | null;
                field?: string[];
                /** @description refers to a record that must be valid and is expired, not in force or missing */
                invalid_refs?: boolean;
                q?: string | null;
                state?: string[];
                unit?: string | null;
                /** @description with change requests that wait */
                waits?: boolean;
            };
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    measure_stretches: {
        parameters: {
            query?: {
                area?: string | null;
                expires_before?: string | null;
                field?: string[];
                /** @description refers to a record that must be valid and is expired, not in force or missing */
                invalid_refs?: boolean;
                /** @description along this line only */
                line?: string | null;
                q?: string | null;
                state?: string[];
                unit?: string | null;
                /** @description with change requests that wait */
                waits?: boolean;
            };
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StretchesOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_records: {
        parameters: {
            query?: {
                area?: string | null;
                expires_before?: string | null;
                field?: string[];
                /** @description refers to a record that must be valid and is expired, not in force or missing */
                invalid_refs?: boolean;
                q?: string | null;
                state?: string[];
                unit?: string | null;
                /** @description with change requests that wait */
                waits?: boolean;
            };
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveManyForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordsMovedOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_records: {
        parameters: {
            query?: {
                area?: string | null;
                /** @description `next` of the page before */
                cursor?: string | null;
                expires_before?: string | null;
                field?: string[];
                /** @description refers to a record that must be valid and is expired, not in force or missing */
                invalid_refs?: boolean;
                /** @description how many at most */
                limit?: number;
                q?: string | null;
                state?: string[];
                unit?: string | null;
                /** @description with change requests that wait */
                waits?: boolean;
            };
            header?: never;
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_RecordLineOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                register: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    map_records: {
        parameters: {
            query?: {
                area?: string | null;
                expires_before?: string | null;
                field?: string[];
                /** @description refers to a record that must be valid and is expired, not in force or missing */
                invalid_refs?: boolean;
                q?: string | null;
                state?: string[];
                unit?: string | null;
                /** @description with change requests that wait */
                waits?: boolean;
            };
            header?: never;
            path: {
                register: string;
                x: number;
                y: number;
                z: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.xiuhua.columns": string;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_repeats: {
        parameters: {
            query?: {
                /** @description default: `XIUHUA_REPEATS_AT_LEAST` */
                at_least?: number | null;
                by?: "place" | "matter" | "reporter";
                limit?: number;
                /** @description default: the days of `XIUHUA_REPEATS_DAYS` */
                since?: string | null;
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RepeatOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_reports: {
        parameters: {
            query?: {
                area?: string | null;
                category?: string[];
                /** @description `next` of the page before */
                cursor?: string | null;
                drawn?: string | null;
                external_id?: string | null;
                /** @description `name=value` of what the procedure declares */
                field?: string[];
                /** @description a saved filter; what else is given goes before it */
                filter?: string | null;
                handed_back_from?: string | null;
                /** @description the first moment that is out again */
                handed_back_to?: string | null;
                /** @description past its due moment now, and not handed back */
                late?: boolean | null;
                /** @description the colour of its handling clock on the map */
                light?: ("grey" | "green" | "yellow" | "red")[];
                /** @description how many at most */
                limit?: number;
                number?: string | null;
                /** @description true: has not ended, false: has ended */
                open?: boolean | null;
                opened_from?: string | null;
                /** @description the first moment that is out again */
                opened_to?: string | null;
                outcome?: string[];
                /** @description the verdict on the handling clock */
                overdue?: boolean | null;
                source?: string[];
                state?: string[];
                suspended?: boolean | null;
                /** @description all of these */
                tag?: string[];
                unit?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_LineOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submit_report: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportForm"];
            };
        };
        responses: {
            /** @description a repeat */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptOut"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_report: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    act_on_report: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                action: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_report_duplicates: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuplicateOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_report_events: {
        parameters: {
            query?: {
                /** @description recorded up to this moment; default: now */
                as_of?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_suggestion: {
        parameters: {
            query?: {
                /** @description what would follow from this one */
                category?: string | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestionOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tag_report: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagsForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unmask_report: {
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
                "application/json": components["schemas"]["xiuhua__flow__forms__WhyForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submit_reports: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportForm"][];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    act_on_reports: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_reports: {
        parameters: {
            query?: {
                area?: string | null;
                category?: string[];
                drawn?: string | null;
                external_id?: string | null;
                /** @description `name=value` of what the procedure declares */
                field?: string[];
                /** @description a saved filter; what else is given goes before it */
                filter?: string | null;
                format?: "csv" | "xlsx";
                handed_back_from?: string | null;
                /** @description the first moment that is out again */
                handed_back_to?: string | null;
                /** @description past its due moment now, and not handed back */
                late?: boolean | null;
                /** @description the colour of its handling clock on the map */
                light?: ("grey" | "green" | "yellow" | "red")[];
                number?: string | null;
                /** @description true: has not ended, false: has ended */
                open?: boolean | null;
                opened_from?: string | null;
                /** @description the first moment that is out again */
                opened_to?: string | null;
                outcome?: string[];
                /** @description the verdict on the handling clock */
                overdue?: boolean | null;
                source?: string[];
                state?: string[];
                suspended?: boolean | null;
                /** @description all of these */
                tag?: string[];
                /** @description with what reporters wrote, masked */
                texts?: boolean;
                unit?: string[];
                /** @description unmasked, for this reason */
                why?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv; charset=utf-8": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_roster: {
        parameters: {
            query?: {
                /** @description first day */
                from?: string | null;
                /** @description last day */
                to?: string | null;
            };
            header?: never;
            path: {
                plan: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    plan_turns: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                plan: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TurnsForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PutOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_turn: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    swap_turn: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwapForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_rounds: {
        parameters: {
            query?: {
                checklist?: string | null;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                state?: ("open" | "closed") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_RoundLineOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_round: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoundForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_round: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_answers: {
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
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswersOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_round: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ranking: {
        parameters: {
            query?: {
                by?: "thing" | "unit" | "area";
                /** @description of areas: street, community … */
                kind?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RankedOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_ranking: {
        parameters: {
            query?: {
                by?: "thing" | "unit" | "area";
                /** @description of areas: street, community … */
                kind?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchingOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    try_rule: {
        parameters: {
            query: {
                from: string;
                to: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleTriedOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                area?: string | null;
                category?: string[];
                /** @description `next` of the page before */
                cursor?: string | null;
                drawn?: string | null;
                external_id?: string | null;
                /** @description `name=value` of what the procedure declares */
                field?: string[];
                /** @description a saved filter; what else is given goes before it */
                filter?: string | null;
                handed_back_from?: string | null;
                /** @description the first moment that is out again */
                handed_back_to?: string | null;
                /** @description past its due moment now, and not handed back */
                late?: boolean | null;
                /** @description the colour of its handling clock on the map */
                light?: ("grey" | "green" | "yellow" | "red")[];
                /** @description how many at most */
                limit?: number;
                number?: string | null;
                /** @description true: has not ended, false: has ended */
                open?: boolean | null;
                opened_from?: string | null;
                /** @description the first moment that is out again */
                opened_to?: string | null;
                outcome?: string[];
                /** @description the verdict on the handling clock */
                overdue?: boolean | null;
                /** @description words of two characters and more */
                q: string;
                source?: string[];
                state?: string[];
                suspended?: boolean | null;
                /** @description all of these */
                tag?: string[];
                unit?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_HitOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_contact: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_HitOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_hits: {
        parameters: {
            query: {
                area?: string | null;
                category?: string[];
                drawn?: string | null;
                external_id?: string | null;
                /** @description `name=value` of what the procedure declares */
                field?: string[];
                /** @description a saved filter; what else is given goes before it */
                filter?: string | null;
                format?: "csv" | "xlsx";
                handed_back_from?: string | null;
                /** @description the first moment that is out again */
                handed_back_to?: string | null;
                /** @description past its due moment now, and not handed back */
                late?: boolean | null;
                /** @description the colour of its handling clock on the map */
                light?: ("grey" | "green" | "yellow" | "red")[];
                number?: string | null;
                /** @description true: has not ended, false: has ended */
                open?: boolean | null;
                opened_from?: string | null;
                /** @description the first moment that is out again */
                opened_to?: string | null;
                outcome?: string[];
                /** @description the verdict on the handling clock */
                overdue?: boolean | null;
                q: string;
                source?: string[];
                state?: string[];
                suspended?: boolean | null;
                /** @description all of these */
                tag?: string[];
                unit?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv; charset=utf-8": unknown;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tell_ways_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaysOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_provider_sign_in: {
        parameters: {
            query?: {
                city?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finish_provider_sign_in: {
        parameters: {
            query?: {
                code?: string;
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_provider_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledge_handover: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandoverForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoverOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shift_board: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_shift: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hand_over_shift: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoverOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_handovers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description only those that nobody has taken over yet */
                waiting?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoverOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_shift: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MineOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_shift: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartForm"];
            };
        };
        responses: {
            /** @description on duty already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnOut"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suggest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuggestionForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestionOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_units: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string | null;
                kind?: string | null;
                /** @description how many at most */
                limit?: number;
                /** @description the day that is asked about; default: today */
                on?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_UnitOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_unit: {
        parameters: {
            query?: {
                /** @description the day that is asked about; default: today */
                on?: string | null;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitDetail"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    people_of_unit: {
        parameters: {
            query?: {
                /** @description also those of the units below */
                below?: boolean;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description how many at most */
                limit?: number;
                /** @description the day that is asked about; default: today */
                on?: string | null;
                role?: string | null;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_PersonOut_"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_units: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own; a repeated request with it changes nothing and is answered as the first was, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                what: "units" | "people" | "posts" | "time_bands" | "duty_cards";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_import_units"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TableImportOut"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unit_tree: {
        parameters: {
            query?: {
                /** @description the day that is asked about; default: today */
                on?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitNode"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_webhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookOut"][];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookMade"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop_webhook: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    health_health_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ready_ready_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
