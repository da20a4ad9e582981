using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace Archive.Tests;

/// <summary>Headless Chromium with one page, asked over its DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ClientWebSocket _page = new();
    private int _id;

    private Browser(Process process) => _process = process;

    public static string Program => ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists) ?? throw TestRun.Missing("chromium is not installed; run eng/install-peers.sh");

    public static async Task<Browser> OpenAsync(string url, string folder)
    {
        var browser = new Browser(Process.Start(new ProcessStartInfo(Program,
            ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={folder}", "--remote-debugging-port=0", "--remote-debugging-address=127.0.0.1", url])
        { RedirectStandardError = true, RedirectStandardOutput = true })!);
        _ = browser._process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string? line;
        do
        {
            line = await browser._process.StandardError.ReadLineAsync(limit.Token) ?? throw new AssertFailedException("The browser has ended.");
        }
        while (!line.StartsWith("DevTools listening on ws://", StringComparison.Ordinal));
        _ = browser._process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var http = new HttpClient();
        var address = new Uri(line["DevTools listening on ".Length..]).Authority;
        string? socket = null;
        while (socket is null)
        {
            var pages = await http.GetFromJsonAsync<JsonElement>($"http://{address}/json/list", limit.Token);
            socket = pages.EnumerateArray().Where(static p => p.GetProperty("type").GetString() == "page").Select(static p => p.GetProperty("webSocketDebuggerUrl").GetString()).FirstOrDefault();
        }
        await browser._page.ConnectAsync(new Uri(socket), limit.Token);
        return browser;
    }

    /// <summary>What a JavaScript expression is worth on the page, as JSON.</summary>
    public async Task<string> AskAsync(string expression)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var id = ++_id;
        await _page.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method = "Runtime.evaluate", @params = new { expression, returnByValue = true } }), WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            var buffer = new byte[64 * 1024];
            var count = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _page.ReceiveAsync(buffer.AsMemory(count), limit.Token);
                count += part.Count;
            }
            while (!part.EndOfMessage);
            using var answer = JsonDocument.Parse(buffer.AsMemory(0, count));
            if (answer.RootElement.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
            {
                var result = answer.RootElement.GetProperty("result").GetProperty("result");
                return result.TryGetProperty("value", out var value) ? value.ToString() : "";
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _page.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
