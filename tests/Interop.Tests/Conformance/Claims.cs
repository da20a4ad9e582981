using System.Globalization;
using System.Text.Json;
using Specgen.Interop.Tests.Data;

namespace Specgen.Interop.Tests.Conformance;

/// <summary>What the statement of a sample says of its server, as a peer can read it: in its JSON.</summary>
internal sealed class Claims
{
    private const string NotSent = "Not sent.";

    private readonly Dictionary<string, List<Row>> _tables = new(StringComparer.Ordinal);

    /// <summary>The codes that were answered, by table.</summary>
    private readonly Dictionary<string, HashSet<ushort>> _seen = new(StringComparer.Ordinal);

    public List<(string SopClass, string[] Syntaxes, DimseOperation[] Operations)> Contexts { get; } = [];

    public static async Task<Claims> OfAsync(string sample)
    {
        using var folder = new TemporaryFolder();
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(await SampleStatementTests.WriteAsync(folder, sample, "json")));
        var claims = new Claims();
        var server = json.RootElement.GetProperty("entities")[0];
        foreach (var context in server.GetProperty("contexts").EnumerateArray().Where(static c => !c.GetProperty("isInitiated").GetBoolean() && Text(c, "role") == "SCP"))
        {
            claims.Contexts.Add((Text(context, "abstractSyntax"), Strings(context, "transferSyntaxes"), [.. Strings(context, "operations").Select(Operation)]));
        }

        foreach (var service in server.GetProperty("services").EnumerateArray())
        {
            foreach (var table in service.GetProperty("statusTables").EnumerateArray().Where(static t => t.GetProperty("isSent").GetBoolean()))
            {
                claims._tables.Add(Name(Text(service, "serviceClass"), Operation(Text(table, "operation"))), [.. table.GetProperty("rows").EnumerateArray().Select(static r => Row.Of(Text(r, "codes"), Text(r, "text")))]);
            }
        }

        return claims;
    }

    /// <summary>A status was provoked: it is the expected one, and those that came are said to be sent.</summary>
    public void Saw(string serviceClass, DimseOperation operation, ushort expected, IReadOnlyList<ushort> answered)
    {
        var name = Name(serviceClass, operation);
        Assert.AreEqual($"{expected:X4}", $"{answered[^1]:X4}", name);
        foreach (var status in answered)
        {
            Assert.AreNotEqual(NotSent, RowOf(name, status).Text, $"{name} answers {status:X4}, of which the statement says that it is not sent.");
            (_seen.TryGetValue(name, out var seen) ? seen : _seen[name] = []).Add(status);
        }
    }

    /// <summary>What is said to be sent has been seen, but for what cannot be provoked.</summary>
    /// <param name="others">"Storage Service Class CStore A700", with the reason.</param>
    public void AssertAllSeen(IReadOnlyDictionary<string, string> others)
    {
        var unseen = _tables.SelectMany(table => table.Value.Where(row => row.Text != NotSent && !_seen.GetValueOrDefault(table.Key, []).Any(code => RowOf(table.Key, code) == row)).Select(row => $"{table.Key} {row.First:X4}")).Order(StringComparer.Ordinal);
        CollectionAssert.AreEqual(others.Keys.Order(StringComparer.Ordinal).ToList(), unseen.ToList(), "Claimed, and not provoked: " + string.Join("; ", unseen));
    }

    public static string Name(string serviceClass, DimseOperation operation) => $"{serviceClass} {operation}";

    /// <summary>A row of one code goes before a range that has it.</summary>
    private Row RowOf(string table, ushort status) =>
        _tables[table].Where(r => r.First <= status && status <= r.Last).MinBy(static r => r.Last - r.First) ?? throw new AssertFailedException($"{table} answers {status:X4}, which the statement does not have.");

    private static DimseOperation Operation(string name) => Enum.Parse<DimseOperation>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string[] Strings(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(static e => e.GetString()!)];

    private sealed record Row(ushort First, ushort Last, string Text)
    {
        public static Row Of(string codes, string text)
        {
            var ends = codes.Split('-').Select(static c => ushort.Parse(c, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            return new Row(ends[0], ends[^1], text);
        }
    }
}
