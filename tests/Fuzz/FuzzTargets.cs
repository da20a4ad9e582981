using System.Text;
using FellowOakDicom;
using Microsoft.CodeAnalysis.Text;
using Specgen.Associations;
using Specgen.Generators.Reading;
using Specgen.Instances;
using Specgen.Wire;

namespace Specgen.Fuzz;

/// <summary>All that takes bytes of strangers.</summary>
internal static class FuzzTargets
{
    private static readonly DataSetLimits s_limits = new() { MaxInflatedLength = 4_000_000 };

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        .. Seeds.DataSets.Select(static seed => seed.Syntax).Distinct().Select(static syntax =>
            new FuzzTarget($"dataset {syntax.UID.UID}", [.. Seeds.DataSets.Where(s => s.Syntax == syntax).Select(static s => s.Bytes)], (bytes, random) => DataSet(bytes, syntax, random))),
        new FuzzTarget("command", Seeds.Commands, Command),
        new FuzzTarget("associate", Seeds.AssociateBodies, Associate),
        new FuzzTarget("association", Seeds.Requests, static (bytes, random) => FuzzedAssociation.Run(bytes, random, TimeSpan.FromMilliseconds(2))),
        new FuzzTarget("page", Seeds.Pages, Page),
    ];

    /// <summary>The guard says the same however the bytes come; what it refuses is not decoded, and what it lets through fo-dicom decodes whole or says that it cannot.</summary>
    private static void DataSet(byte[] bytes, DicomTransferSyntax syntax, Random random)
    {
        var whole = Verdict(() => DataSetGuard.Check(new MemoryStream(bytes), syntax, s_limits));
        if (!syntax.IsDeflate)
        {
            var scanner = new DataSetScanner(syntax, s_limits);
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(bytes.Length - at, random.Next(1, 40));
                scanner.Write(bytes.AsSpan(at, length));
                at += length;
            }

            scanner.Complete();
            Require(scanner.Problem is null == whole is null, $"in one piece: {whole}; in several: {scanner.Problem}");
        }

        try
        {
            DataSetCodec.Decode(bytes, syntax, s_limits);
            Require(whole is null, $"decoded, although {whole}");
        }
        catch (DicomDataException)
        {
            // Said, as it should be.
        }
    }

    private static string? Verdict(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (RefusedDataSetException e)
        {
            return e.Message;
        }
    }

    private static void Command(byte[] bytes, Random random)
    {
        if (CommandSet.Read(bytes) is not { } command)
        {
            return;
        }

        foreach (var element in (ushort[])[CommandElement.AffectedSopClassUid, CommandElement.MessageId, CommandElement.ErrorComment, CommandElement.MoveDestination, CommandElement.OffendingElement, (ushort)random.Next(0x10000)])
        {
            command.GetUInt16(element);
            command.GetTags(element);
            command.GetUid(element);
            Require(command.GetText(element)?.Any(char.IsControl) is null or false, "a control character in what is shown");
        }

        var response = DimseFields.Respond(command, new DimseResponse(0x0110) { ErrorComment = command.GetText(CommandElement.ErrorComment) });
        Require(CommandSet.Read(response) is { IsResponse: true }, "a response that is no command set");
    }

    /// <summary>What can be read can be written, and then read as the same.</summary>
    private static void Associate(byte[] bytes, Random random)
    {
        if (AssociateRequest.Read(bytes, out var problem) is { } request)
        {
            var again = AssociateRequest.Read(request.ToArray().AsSpan(6), out _);
            Require(again is not null && again.Contexts.Count == request.Contexts.Count && again.CallingAE == request.CallingAE, "another request when it is written");
        }
        else
        {
            Require(problem is not null, "no request, and nothing wrong with it");
        }

        Require(AssociateAccept.Read(bytes, out problem) is not null || problem is not null, "no answer, and nothing wrong with it");
    }

    private static void Page(byte[] bytes, Random random) => PageReader.Read("page.rst", SourceText.From(Encoding.UTF8.GetString(bytes)), CancellationToken.None);

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
