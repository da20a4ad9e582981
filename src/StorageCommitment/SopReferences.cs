using System.Buffers;
using System.Text.Json;

namespace Specgen.StorageCommitment;

/// <summary>References as they are kept: a JSON array of pairs, in the order in which they were asked for.</summary>
internal static class SopReferences
{
    public static byte[] Write(IReadOnlyList<SopReference> references)
    {
        var bytes = new ArrayBufferWriter<byte>(references.Count * 96);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var (sopClassUid, sopInstanceUid) in references)
            {
                json.WriteStartArray();
                json.WriteStringValue(sopClassUid);
                json.WriteStringValue(sopInstanceUid);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static IReadOnlyList<SopReference> Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var json = new Utf8JsonReader(bytes);
            var references = new List<SopReference>(bytes.Length / 96);
            Expect(ref json, JsonTokenType.StartArray);
            while (json.Read() && json.TokenType == JsonTokenType.StartArray)
            {
                references.Add(new SopReference(Text(ref json), Text(ref json)));
                Expect(ref json, JsonTokenType.EndArray);
            }

            return json.TokenType == JsonTokenType.EndArray && !json.Read() ? references : throw NotReferences(null);
        }
        catch (JsonException e)
        {
            throw NotReferences(e);
        }
    }

    private static string Text(ref Utf8JsonReader json)
    {
        Expect(ref json, JsonTokenType.String);
        return json.GetString()!;
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType type)
    {
        if (!json.Read() || json.TokenType != type)
        {
            throw NotReferences(null);
        }
    }

    private static InvalidDataException NotReferences(Exception? cause) => new("What was kept of the request is no list of references.", cause);
}
