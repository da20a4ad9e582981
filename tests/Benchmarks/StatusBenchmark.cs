using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;
using FellowOakDicom.Network;
using Specgen.Standard;

namespace Specgen.Benchmarks;

/// <summary>A status's category: the generated switches, fo-dicom's list, and a frozen dictionary of all codes that the table defines.</summary>
[MemoryDiagnoser]
public class StatusBenchmark
{
    private static readonly ushort[] s_codes = [0x0000, 0xA700, 0xA7F0, 0xA901, 0xB000, 0xB007, 0xC001, 0xCFFF];

    private static readonly FrozenDictionary<ushort, StatusCategory> s_frozen = Enumerable.Range(0, 0x10000)
        .Where(static code => ((StorageCStoreStatus)code).IsDefined())
        .ToFrozenDictionary(static code => (ushort)code, static code => ((StorageCStoreStatus)code).Category());

    [Benchmark(Baseline = true, OperationsPerInvoke = 8)]
    public int Lookup()
    {
        var sum = 0;
        foreach (var code in s_codes)
        {
            sum += (int)DicomStatus.Lookup(code).State;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = 8)]
    public int Category()
    {
        var sum = 0;
        foreach (var code in s_codes)
        {
            sum += (int)((StorageCStoreStatus)code).Category();
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = 8)]
    public int FindStatus()
    {
        var sum = 0;
        foreach (var code in s_codes)
        {
            sum += (int)DicomStandard.FindStatus(SopClassUids.CTImageStorage, DimseOperation.CStore, code)!.Value.Category;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = 8)]
    public int FrozenDictionary()
    {
        var sum = 0;
        foreach (var code in s_codes)
        {
            sum += (int)s_frozen[code];
        }

        return sum;
    }
}
