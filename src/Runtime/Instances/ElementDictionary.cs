using FellowOakDicom;

namespace Specgen.Instances;

/// <summary>What fo-dicom takes for a sequence where a data set does not say its VRs: the guard in front of it has to think the same.</summary>
internal static class ElementDictionary
{
    /// <summary>Answers that were given before, by a hash of the tag: the tag and the answer in one word, so that it is read and written at once.</summary>
    private static readonly ulong[] s_answers = new ulong[4096];

    private enum Answer : byte
    {
        None,
        Other,
        Sequence,
        Unknown,
    }

    /// <summary>Whether a standard element is one that the dictionary has as SQ.</summary>
    public static bool IsSequence(uint tag) => (tag >> 16 & 1) == 0 && Find(tag) == Answer.Sequence;

    /// <summary>A sequence, or what is not in the dictionary.</summary>
    public static bool MayBeSequence(uint tag) => Find(tag) != Answer.Other;

    private static Answer Find(uint tag)
    {
        ref var slot = ref s_answers[(tag * 2654435769) >> 20];
        var found = Volatile.Read(ref slot);
        if (found >> 8 == tag && (byte)found != 0)
        {
            return (Answer)(byte)found;
        }

        var vr = DicomDictionary.Default[new DicomTag((ushort)(tag >> 16), (ushort)tag)] is { ValueRepresentations: [var first, ..] } ? first : DicomVR.UN;
        var answer = vr == DicomVR.SQ ? Answer.Sequence : vr == DicomVR.UN ? Answer.Unknown : Answer.Other;
        Volatile.Write(ref slot, ((ulong)tag << 8) | (byte)answer);
        return answer;
    }
}
