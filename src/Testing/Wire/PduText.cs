using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FellowOakDicom;

namespace Specgen.Testing.Wire;

/// <summary>PDUs and commands as people read them. What a peer says is bounded here, and has no control characters.</summary>
internal static class PduText
{
    private const int MostText = 80;

    public static string Of(Pdu pdu) => pdu.Type switch
    {
        Pdu.AssociateRequest => $"A-ASSOCIATE-RQ {Clean(pdu.CallingAE)} calls {Clean(pdu.CalledAE)}{MaxLength(pdu)}{string.Concat(pdu.Proposals.Select(Line))}",
        Pdu.AssociateAccept => $"A-ASSOCIATE-AC {Clean(pdu.CallingAE)} calls {Clean(pdu.CalledAE)}{MaxLength(pdu)}{string.Concat(pdu.Answers.Select(Line))}",
        Pdu.AssociateReject => $"A-ASSOCIATE-RJ {Why(pdu, "result")}",
        Pdu.Data => $"P-DATA-TF of {pdu.Body.Length} bytes",
        Pdu.ReleaseRequest => "A-RELEASE-RQ",
        Pdu.ReleaseResponse => "A-RELEASE-RP",
        Pdu.Abort => $"A-ABORT {Why(pdu, null)}",
        _ => string.Create(CultureInfo.InvariantCulture, $"a PDU of type {pdu.Type:X2}H and {pdu.Body.Length} bytes"),
    };

    public static string Of(DimseCommand command)
    {
        var text = new StringBuilder(Name(command.Field));
        foreach (var (element, value) in command.Elements)
        {
            if (element is not 0x0100)
            {
                text.Append(CultureInfo.InvariantCulture, $" {Keyword(element)}={Value(element, value)}");
            }
        }

        return text.ToString();
    }

    /// <summary>PS3.7 E.1.</summary>
    private static string Name(ushort field)
    {
        var service = (field & 0x0FFF) switch
        {
            0x0001 => "C-STORE",
            0x0010 => "C-GET",
            0x0020 => "C-FIND",
            0x0021 => "C-MOVE",
            0x0030 => "C-ECHO",
            0x0100 => "N-EVENT-REPORT",
            0x0110 => "N-GET",
            0x0120 => "N-SET",
            0x0130 => "N-ACTION",
            0x0140 => "N-CREATE",
            0x0150 => "N-DELETE",
            0x0FFF => "C-CANCEL",
            _ => null,
        };
        return service is null ? $"command {field:X4}H" : service + ((field & 0x8000) == 0 ? "-RQ" : "-RSP");
    }

    private static string Keyword(ushort element) =>
        DicomDictionary.Default[new DicomTag(0x0000, element)].Keyword is { Length: > 0 } keyword and not "Unknown" ? keyword : $"(0000,{element:X4})";

    private static string Value(ushort element, byte[] value) => element switch
    {
        0x0002 or 0x0003 => Uid(Encoding.Latin1.GetString(value)),
        0x0800 or 0x0900 when value.Length == 2 => string.Create(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt16LittleEndian(value):X4}H"),
        0x0901 or 0x1005 => Clean(Convert.ToHexString(value)),
        0x0600 or 0x0902 or 0x1000 or 0x1001 or 0x1030 => Clean(Encoding.Latin1.GetString(value)),
        _ when value.Length == 2 => BinaryPrimitives.ReadUInt16LittleEndian(value).ToString(CultureInfo.InvariantCulture),
        _ => Clean(Convert.ToHexString(value)),
    };

    private static string Line(Proposal proposal) => $"\n[{proposal.Id}] {Uid(proposal.AbstractSyntax)}: {string.Join(", ", proposal.TransferSyntaxes.Select(Uid))}";

    private static string Line((byte Id, byte Result, string TransferSyntax) answer) => $"\n[{answer.Id}] " + answer.Result switch
    {
        0 => $"accepted: {Uid(answer.TransferSyntax)}",
        1 => "rejected by the user",
        2 => "rejected, no reason",
        3 => "rejected: abstract syntax not supported",
        4 => "rejected: transfer syntaxes not supported",
        _ => $"result {answer.Result}",
    };

    private static string MaxLength(Pdu pdu) => pdu.UserItems(0x51) is [{ Length: 4 } length, ..]
        ? string.Create(CultureInfo.InvariantCulture, $", takes PDUs of {BinaryPrimitives.ReadUInt32BigEndian(length)} bytes")
        : "";

    private static string Why(Pdu pdu, string? result) => pdu.Body.Length < 4 ? ""
        : (result is null ? "" : $"{result} {pdu.Body[1]}, ") + $"source {pdu.Body[2]}, reason {pdu.Body[3]}";

    private static string Uid(string uid)
    {
        uid = Clean(uid);
        return DicomUID.IsValidUid(uid) && DicomUID.Parse(uid) is { Type: not DicomUidType.Unknown } known ? $"{known.Name} ({uid})" : uid;
    }

    private static string Clean(string text)
    {
        text = text.TrimEnd('\0', ' ');
        var clean = string.Concat(text.Take(MostText).Select(static c => char.IsControl(c) ? '?' : c));
        return text.Length > MostText ? clean + "…" : clean;
    }
}
