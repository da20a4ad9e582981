using System.Text.Encodings.Web;
using Archive.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Specgen.Outbox;

namespace Archive.Web;

/// <summary>A page about the archive, as it is now: it asks for its figures every two seconds.</summary>
internal static class Page
{
    public static void Map(WebApplication web, ArchiveSettings settings, InstanceStore store, OutboxPump reports, Display display)
    {
        var title = HtmlEncoder.Default.Encode(settings.AETitle);
        web.MapGet("/", () => Results.Content(Html.Replace("{title}", title, StringComparison.Ordinal), "text/html; charset=utf-8"));
        web.MapGet("/status", async (CancellationToken cancellationToken) => Results.Json(await StatusAsync(store, reports, display, cancellationToken)));

        // From this page only: another site's form has no such header, and cannot have it.
        web.MapPost("/commitments/revive", async (HttpRequest request, CancellationToken cancellationToken) =>
            request.Headers.ContainsKey("X-Archive") ? Results.Json(await reports.ReviveAsync(null, cancellationToken)) : Results.StatusCode(StatusCodes.Status403Forbidden));
    }

    private static async Task<Status> StatusAsync(InstanceStore store, OutboxPump reports, Display display, CancellationToken cancellationToken)
    {
        var owed = await reports.CountAsync(cancellationToken);
        return new Status(
            await store.Index.CountAsync(cancellationToken), store.StoredCount, display.AssociationCount, owed.Waiting, owed.Expired + owed.SetAside,
            store.Upkeep.IsFilling, store.Upkeep.FilledCount, store.Upkeep.Problem is not null || !reports.Health.IsHealthy);
    }

    private const string Html = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>{title}</title>
        <style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:40rem;padding:0 1rem}dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1.5rem}dt{color:#555}dd{margin:0;font-variant-numeric:tabular-nums}</style>
        </head><body><h1>{title}</h1>
        <dl><dt>Instances</dt><dd id="instances">–</dd><dt>Stored since the start</dt><dd id="stored">–</dd><dt>Rate</dt><dd id="rate">–</dd><dt>Associations now</dt><dd id="associations">–</dd>
        <dt>Commitments owed</dt><dd id="owed">–</dd><dt>Commitments given up</dt><dd><span id="expired">–</span> <button id="again" hidden>Try again</button></dd>
        <dt>State</dt><dd id="state">–</dd></dl>
        <script>
        let last;
        async function look() {
          const set = (id, text) => document.getElementById(id).textContent = text;
          try {
            const answer = await fetch('status');
            if (!answer.ok) throw new Error(answer.status);
            const s = await answer.json(), now = performance.now();
            set('instances', s.instances.toLocaleString('en')); set('stored', s.stored.toLocaleString('en')); set('associations', s.associations);
            set('owed', s.owed); set('expired', s.expired); document.getElementById('again').hidden = s.expired === 0;
            if (last) set('rate', (Math.max(0, s.stored - last.stored) / (now - last.now) * 1000).toFixed(1) + ' instances/s');
            set('state', s.hasProblem ? 'something fails: see the log' : s.isFilling ? `the database is being filled: ${s.filled} so far` : 'serving');
            last = { stored: s.stored, now };
          } catch (e) { set('state', 'does not answer'); }
          setTimeout(look, 2000);
        }
        document.getElementById('again').onclick = () => fetch('commitments/revive', { method: 'POST', headers: { 'X-Archive': '1' } });
        look();
        </script></body></html>
        """;

    private sealed record Status(long Instances, long Stored, int Associations, long Owed, long Expired, bool IsFilling, long Filled, bool HasProblem);
}
